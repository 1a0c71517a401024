/**
 * The form of what Espruino lacks and we have: texts in what its interpreter runs.
 *
 *   a method       [].flat        is put on the prototype, when the program names it and the receiver may be of the kind
 *   a function     Math.trunc     becomes a variable of a module that the bundler trims
 *   a constructor  Map            the same
 *
 * So nothing is in a bundle that its program does not name.
 */
import type ts from "typescript";
import type { Kind } from "../evident.js";

/** One method of one or more kinds of values. */
export interface Method {
  readonly kinds: readonly Kind[];
  /** A function; its `this` is the value. */
  readonly text: string;
  /** What the engine's own method gets wrong; absent where it has none. The text may call it as `native`. */
  readonly replaces?: string;
  /** Whether a call needs ours; always where absent. */
  readonly when?: (args: readonly ts.Expression[]) => boolean;
  /** A method that this one calls. */
  readonly needs?: string;
}

/** Where a method of a kind is found. */
export const PROTOTYPES: Readonly<Record<Kind, string>> = {
  array: "Array",
  string: "String",
  typed: "ArrayBufferView",
  number: "Number",
  promise: "Promise",
  date: "Date",
};
