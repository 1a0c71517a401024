/**
 * What holds a slot's values where all that a frame keeps are numbers:
 *
 *   column    | of              | holds
 *   ----------+-----------------+-------------------------------------------------------------
 *   word      | Int32Array      | whole numbers that are known to fit: literal types, our own counters
 *   flag      | Int32Array      | true and false
 *   double    | Float64Array    | every other number, exactly: NaN, -0 and what is past 2^31 too. An enum is one,
 *             |                 | since TypeScript lets any number into it
 *   choice    | Int32Array      | one of the constants that the type names, as its place in their list: a union of texts, a
 *             |                 | flag that may be undefined
 *   either    | both            | a number, or one of the constants: a tag says which, and a double has the number
 *   kept      | both            | how a `finally` goes on (core/shared/region.ts), which may be an object of the thread. So
 *             |                 | may anything where tests give pinned tasks such frames
 */
import type { Given, Slot } from "../graph/ir.js";
import type { Facts } from "../program/program.js";

export type Column = "word" | "flag" | "double" | "choice" | "either" | "kept";

/** How a slot is stored. */
export interface Shape {
  readonly column: Column;
  /** Of `choice` and `either`: expressions of generated code. */
  readonly constants: readonly string[];
}

type Asked = Pick<Facts, "numberOf" | "choicesOf">;

const OWN = { count: "word", flag: "flag", completion: "kept", object: undefined } as const;

const WHOSE = { flag: "flag", whole: "word", double: "double" } as const;

/** The column for values of `given`; undefined when no column can hold them. */
export function columnOf(program: Asked, given: Given): Column | undefined {
  if (typeof given === "string") return OWN[given];
  const kind = program.numberOf(given);
  if (kind !== undefined) return WHOSE[kind];
  const choices = program.choicesOf(given);
  return choices && (choices.hasNumbers ? "either" : "choice");
}

/** How `slot` is stored, which is `undefined` at first when it `isOptional`; undefined when no column can. */
export function shapeOf(program: Asked, slot: Slot, isOptional: boolean): Shape | undefined {
  const column = slot.isBoxed ? undefined : columnOf(program, slot.given[0]!);
  const isPlain = column !== "choice" && column !== "either";
  if (column === undefined || (isPlain && !isOptional)) return column && { column, constants: [] };
  const constants = slot.given.flatMap((each) => constantsOf(program, each));
  if (isOptional) constants.push("undefined");
  const isNumber = column === "either" || column === "double" || column === "word";
  return { column: isNumber ? "either" : "choice", constants: [...new Set(constants)].sort() };
}

function constantsOf(program: Asked, given: Given): readonly string[] {
  return typeof given === "string" ? [] : (program.choicesOf(given)?.constants ?? []);
}
