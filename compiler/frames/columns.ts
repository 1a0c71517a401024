/**
 * What holds a slot's values where all that a frame keeps are numbers:
 *
 *   column    | of              | holds
 *   ----------+-----------------+-------------------------------------------------------------
 *   word      | Int32Array      | whole numbers that are known to fit: literal types, our own counters
 *   flag      | Int32Array      | true and false
 *   double    | Float64Array    | every other number, exactly: NaN, -0 and what is past 2^31 too. An enum is one,
 *             |                 | since TypeScript lets any number into it
 *   kept      | both            | how a `finally` goes on (core/shared/region.ts)
 *   held      | none            | an object, in a list of the thread: only where tests give pinned tasks such frames
 */
import type { Given } from "../graph/ir.js";
import type { Facts } from "../program/program.js";

export type Column = "word" | "flag" | "double" | "kept" | "held";

const OWN = { count: "word", flag: "flag", completion: "kept", object: undefined } as const;

const WHOSE = { flag: "flag", whole: "word", double: "double" } as const;

/** The column for values of `given`; undefined when no column can hold them. */
export function columnOf(program: Pick<Facts, "numberOf">, given: Given): Column | undefined {
  if (typeof given === "string") return OWN[given];
  const kind = program.numberOf(given);
  return kind === undefined ? undefined : WHOSE[kind];
}
