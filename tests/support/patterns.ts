/** Random regular expressions, and texts that they may match. */
import { random } from "../../targets/sim/random.js";

const SIMPLE = [
  "a",
  "b",
  "c",
  "-",
  "1",
  "\\d",
  "\\w",
  "\\s",
  "\\D",
  "\\W",
  "\\S",
  ".",
  "[a-c]",
  "[^a]",
  "[ab1]",
  "[^\\d]",
];
const MORE = ["\\.", "[\\w.]", "[-a]", "\\x41", "\\u0062", "[\\]b]", "[/]", "[^]", "\\/", "A", "[A-C_]"];
const REPEATS = ["", "", "", "*", "+"];
const OTHER_REPEATS = ["?", "{2}", "{1,2}", "{0,1}", "{1,}", "*?", "+?", "??", "{1,3}?"];

/** One expression with its flags and a text. */
export interface Pattern {
  readonly source: string;
  readonly flags: string;
  readonly text: string;
}

/** Patterns of a seed: of all features, or `simple` ones, of which the engine may get some right. */
export function patterns(seed: number, count: number, simple: boolean): Pattern[] {
  const next = random(seed);
  const int = (below: number): number => Math.floor(next() * below);
  const pick = (from: readonly string[]): string => from[int(from.length)]!;
  const many = (most: number, make: () => string): string =>
    Array.from({ length: 1 + int(most) }, make).join("");
  const atom = (depth: number): string => {
    if (!simple && int(9) === 0) return pick(["\\b", "\\B"]);
    const isGroup = depth > 0 && int(4) === 0;
    const open = simple ? "(" : pick(["(", "(", "(?:", "(?=", "(?!"]);
    const text = isGroup ? `${open}${choice(depth - 1)})` : pick(simple || int(2) ? SIMPLE : MORE);
    if (isGroup && (simple || open.endsWith("=") || open.endsWith("!"))) return text;
    return text + (simple || int(2) ? pick(REPEATS) : pick(OTHER_REPEATS));
  };
  const sequence = (depth: number): string => many(3, () => atom(depth));
  const choice = (depth: number): string =>
    !simple && int(3) === 0 ? `${sequence(depth)}|${sequence(depth)}` : sequence(depth);
  return Array.from({ length: count }, () => ({
    source: pick(["", "", "^"]) + choice(2) + pick(["", "", "$"]),
    flags: pick(["", "", "g", "i", "gi", ...(simple ? [] : ["m", "s", "y", "gm"])]),
    text: many(9, () => pick(["a", "b", "c", "1", "2", "-", ".", " ", "A", "_", "\n", "/", "]"])).slice(
      int(3),
    ),
  }));
}
