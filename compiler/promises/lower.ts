/**
 * A JavaScript module without async functions and generators: each becomes a plain function that gives a promise or an
 * iterator. core/promises has what their text uses, as `dormouse/promises`.
 *
 *   bundle of the program, with what it uses of npm -> this -> what the engine's own lowering does
 */
import ts from "typescript";
import type { Edit } from "../edits.js";
import { editedNode } from "../graph/copy.js";
import type { Mapped } from "../espruino/maps.js";
import { prefixFor, toCode } from "../emit/text.js";
import { STATICS } from "./globals.js";
import { PlainFacts } from "./names.js";
import { PlainWriter, type Engine } from "./plain.js";

/** What generated code uses, under names that no author has. */
const RUNTIME = [
  ...["async", "asyncWith", "generator", "asyncGenerator", "iterate", "iterateAsync", "early"],
  ...["OwnPromise", "WholePromise", "microtask", ...STATICS],
];

/** A lowered file, and what it needs. */
export interface Lowered extends Mapped {
  /** What it uses of the runtime: `prefix` and the name. */
  readonly uses: readonly string[];
  readonly prefix: string;
}

/** Lowers all plain functions of `code`. */
export function lowerPlain(code: string, fileName: string, engine: Engine): Lowered {
  const file = ts.createSourceFile(fileName, code, ts.ScriptTarget.Latest, true);
  const writer = new PlainWriter(new PlainFacts(file), engine);
  const textOf = (root: ts.Node): string => {
    const edits: Edit[] = [];
    const visit = (node: ts.Node): void => {
      const text = writer.replaced(node, null, textOf);
      if (text !== undefined) edits.push({ start: node.getStart(), end: node.end, text });
      else ts.forEachChild(node, visit);
    };
    ts.forEachChild(root, visit);
    return editedNode(root, edits);
  };
  const text = textOf(file);
  const uses = RUNTIME.filter((name) => new RegExp(`\\$${name}\\b`).test(text));
  return { ...toCode(text, file, new Map()), uses, prefix: prefixFor(file) };
}
