import { DEV } from "../dev.js";
import { fail } from "../errors.js";
import type { Ticks } from "../types.js";

/** How the pauses between tries grow. */
export interface Pauses {
  /** The first pause; each one is `factor` times the one before. */
  readonly first: Ticks;
  /** At least 1; default 2. */
  readonly factor?: number;
  /** No pause is longer; default none. */
  readonly limit?: Ticks;
  /**
   * Gives a number from 0 up to 1, as `Math.random` and `makeRandom(seed)` do: each pause is then between a half of itself and
   * all of it, so that those who failed together do not try again together.
   */
  readonly random?: () => number;
}

/** @throws E184 unless the first pause is positive and not longer than the limit, and pauses do not shrink */
export function checkPauses(subject: string, { first, limit, factor }: Pauses): void {
  if (!(first > 0) || (limit !== undefined && !(limit >= first))) {
    const range = DEV && " ms is not positive and up to its limit, " + (limit || first) + " ms";
    fail("E184", subject, DEV && "a first pause of " + first + String(range));
  }
  if (factor !== undefined && !(factor >= 1))
    fail("E184", subject, DEV && "a factor of " + factor + " is not at least 1");
}

/** The pause that comes after one of `pause`, both without chance. */
export function grown({ factor, limit }: Pauses, pause: number): number {
  const next = pause * (factor === undefined ? 2 : factor);
  return limit !== undefined && next > limit ? limit : next;
}

/** What is left of `pause` by chance. */
export function byChance({ random }: Pauses, pause: number): Ticks {
  return Math.ceil(random === undefined ? pause : (pause * (1 + random())) / 2) as Ticks;
}
