import type { Future, Instant, Ticks } from "../types.js";
import { sleep, sleepUntil } from "../time/sleep.js";
import { TIMED_OUT } from "./outcomes.js";
import { composite, inPlace } from "../dynamic.js";

/** The arms of a {@link select}: futures by name. */
export type Arms = { readonly [name: string]: PromiseLike<unknown> };

/** What {@link select} gives for arms `A`: narrow it by `arm`. */
export type Selected<A extends Arms> = { [K in keyof A & string]: { arm: K; value: Awaited<A[K]> } }[keyof A &
  string];

/**
 * Waits for the first of several futures: `const next = await select({ item: items.receive(), tick })`.
 *
 * An arm made in place is dropped when it loses; a named future goes on and can be used again (docs/adr/0005).
 * Of arms ready at once the first wins. The record it gives is used again by the same select.
 * Cost: O(arms); allocates nothing in compiled tasks, which hold its arms in their frame.
 * Cancel: drops all arms made in place.
 */
export function select<A extends Arms>(arms: A): Future<Selected<A>> {
  return composite(arms, (group) => group.pick_()) as Future<Selected<A>>;
}

/**
 * Waits for `future`, but `limit` at most: its value, or {@link TIMED_OUT}, and then `future` is dropped.
 *
 * Cost and cancel: as {@link select} of two.
 */
export function timeout<T>(future: PromiseLike<T>, limit: Ticks): Future<T | typeof TIMED_OUT> {
  const arms = { future, limit: inPlace(sleep(limit)) };
  return composite(arms, (group) => group.pickFirst_(TIMED_OUT)) as Future<T | typeof TIMED_OUT>;
}

/**
 * Waits for `future`, but not beyond the instant `at` of the clock: its value, or {@link TIMED_OUT}, and then `future` is
 * dropped. A deadline that has passed leaves `future` no time, but what is done at once.
 *
 * Cost and cancel: as {@link timeout}.
 */
export function deadline<T>(future: PromiseLike<T>, at: Instant): Future<T | typeof TIMED_OUT> {
  const arms = { future, limit: inPlace(sleepUntil(at)) };
  return composite(arms, (group) => group.pickFirst_(TIMED_OUT)) as Future<T | typeof TIMED_OUT>;
}

export { TIMED_OUT };
