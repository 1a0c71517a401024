/**
 * The words every part shares: spans and instants of time, futures, levels of completion.
 *
 * Numbers that must not be mixed carry a brand, so that an {@link Instant} is not a {@link Ticks}.
 */

declare const brand: unique symbol;

/** A span of time in clock ticks of one millisecond. Make one with {@link ms} or {@link s}. */
export type Ticks = number & { readonly [brand]: "Ticks" };

/** A point in time: ticks since the executor started, wrapped to a signed 32-bit integer. */
export type Instant = number & { readonly [brand]: "Instant" };

/**
 * A value that arrives later. `await` it, or hand it to `select` or `timeout`, in the place where it is made.
 *
 * `then` exists in types only, so that `await` infers `T` and linters notice a future that nobody awaits.
 */
export interface Future<T> {
  /** For `await` and for linters; no future has it when a program runs. */
  then<A = T, B = never>(
    onfulfilled?: ((value: T) => A | PromiseLike<A>) | null,
    onrejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Future<A | B>;
}
