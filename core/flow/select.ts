import type { Future, Instant, Ticks } from "../types.js";
import { sleep, sleepUntil } from "../time/sleep.js";
import { TIMED_OUT } from "./outcomes.js";
import { composite, inPlace } from "../dynamic.js";
import { All, Any } from "./gathering.js";
import type { Group } from "./group.js";
import { FairSelect, Race } from "./races.js";

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
  return composite(arms, pick) as Future<Selected<A>>;
}

/**
 * As {@link select}, but of arms ready at once it takes the one that comes next behind the last winner: no arm that is
 * ready again and again keeps the others from winning. Of `n` arms, one that is ready each time wins at least each `n`th.
 *
 * Whose turn it is, it keeps from one call of the function around it to the next.
 * Cost, cancel: as {@link select}.
 */
export function fairSelect<A extends Arms>(arms: A): Future<Selected<A>> {
  return composite(arms, pick, FairSelect) as Future<Selected<A>>;
}

/**
 * Waits for the first of several futures, and gives its value, or throws what it throws: a {@link select} that does not
 * say which one it was.
 */
export function race<A extends Arms>(arms: A): Future<Awaited<A[keyof A]>> {
  return composite(arms, pick, Race) as Future<Awaited<A[keyof A]>>;
}

/**
 * Waits for all of several futures, which run at the same time: `const { a, b } = await all({ a: f(), b: g() })`. The first
 * to throw ends it: the others are given up as those that lose a select, their cleanup is awaited, and then it is thrown.
 *
 * What an arm got that was done by then goes back, an item to its channel say. The record it gives is used again by the
 * same `all`. Cost, cancel: as {@link select}.
 */
export function all<A extends Arms>(arms: A): Future<{ [K in keyof A]: Awaited<A[K]> }> {
  return composite(arms, pick, All) as Future<{ [K in keyof A]: Awaited<A[K]> }>;
}

/**
 * Waits for the first of several futures that does not throw, and gives its value; the others are given up.
 *
 * Cost, cancel: as {@link select}; allocates what it throws.
 * @throws E180 when all throw, an {@link AnyError} with what they threw
 */
export function any<A extends Arms>(arms: A): Future<Awaited<A[keyof A]>> {
  return composite(arms, pick, Any) as Future<Awaited<A[keyof A]>>;
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

function pick(group: Group): unknown {
  return group.pick_();
}

export { TIMED_OUT };
