/**
 * Values as numbers: how words and doubles that all threads see tell what is no plain number.
 *
 *   column    what it holds                        as
 *   --------+------------------------------------+---------------------------------------------------------------
 *   choice    one of a few constants               a word: its place in their list. A union of texts, a flag that can be
 *                                                  missing
 *   either    a number, or one of a few constants  a tag, 0 for a number, else 1 + its place; and a double
 *   kept      how a `finally` goes on, a value     a tag of those below; and a double. What none of them tells is kept by
 *             that was handed over                 the thread, and the task stays there
 *
 * Nothing is told by the bits of a double: engines may write any of many patterns for NaN.
 */
import { TIMED_OUT } from "../flow/outcomes.js";
import { CLOSED } from "../sync/channel.js";

/** Tags of what is kept; those of {@link FIXED} and of texts follow. */
export const MISSING = 0;
export const NUMBER = 1;
export const ELSEWHERE = 2;
const FIRST = 3;

const FIXED: readonly unknown[] = [false, true, null, TIMED_OUT, CLOSED];

/** Texts that types of the program name, in an order that is the same on every thread. */
const texts: string[] = [];

/** The constants of one type, for the columns that choose among them; texts of them can be kept from then on. */
export function choices(constants: readonly unknown[]): readonly unknown[] {
  for (let i = 0; i < constants.length; i++) {
    const each = constants[i];
    if (typeof each === "string" && texts.indexOf(each) < 0) texts.push(each);
  }
  return constants;
}

/** The tag of `value`. */
export function tagOf(value: unknown): number {
  if (typeof value === "number") return NUMBER;
  if (value === undefined) return MISSING;
  const fixed = FIXED.indexOf(value);
  if (fixed >= 0) return FIRST + fixed;
  const text = typeof value === "string" ? texts.indexOf(value) : -1;
  return text < 0 ? ELSEWHERE : FIRST + FIXED.length + text;
}

/** What was tagged; `number` is the double beside it. Not for {@link ELSEWHERE}. */
export function untagged(tag: number, number: number): unknown {
  if (tag === NUMBER) return number;
  if (tag === MISSING) return undefined;
  return tag < FIRST + FIXED.length ? FIXED[tag - FIRST] : texts[tag - FIRST - FIXED.length];
}

/** Writes the choice `value` to word `at`; gives it. */
export function choose(words: Int32Array, at: number, among: readonly unknown[], value: unknown): unknown {
  words[at] = among.indexOf(value);
  return value;
}

/** What word `tag` and double `at` hold: a number, or one of `among`. */
export function either(
  words: Int32Array,
  doubles: Float64Array,
  tag: number,
  at: number,
  among: readonly unknown[],
): unknown {
  const choice = words[tag]!;
  return choice === 0 ? doubles[at] : among[choice - 1];
}

/** Writes `value` so that {@link either} gives it; gives it too. */
export function setEither(
  words: Int32Array,
  doubles: Float64Array,
  tag: number,
  at: number,
  among: readonly unknown[],
  value: unknown,
): unknown {
  if (typeof value === "number") {
    words[tag] = 0;
    doubles[at] = value;
  } else {
    words[tag] = 1 + among.indexOf(value);
    doubles[at] = NaN;
  }
  return value;
}
