/**
 * A JavaScript module without async functions and generators: each becomes a plain function that gives a promise or an
 * iterator. core/promises has what their text uses, as `dormouse/promises`.
 *
 *   bundle of the program, with what it uses of npm -> this -> what the engine's own lowering does
 */
import ts from "typescript";
import { edited, type Edit } from "../copy.js";
import type { Mapped } from "../espruino/maps.js";
import { markOf, prefixFor, toCode } from "../text.js";
import { PlainFacts } from "./names.js";
import { isPlain, PlainWriter } from "./plain.js";

/** What generated code uses, under names that no author has. */
const RUNTIME = ["async", "asyncWith", "generator", "asyncGenerator", "iterate", "iterateAsync"];

export interface LoweringOptions {
  /** Whether the engine has iterators. */
  readonly hasIterators: boolean;
}

/** A lowered file, and what it needs. */
export interface Lowered extends Mapped {
  /** What it uses of the runtime: `prefix` and the name. */
  readonly uses: readonly string[];
  readonly prefix: string;
}

/** Lowers all plain functions of `code`. */
export function lowerPlain(code: string, fileName: string, options: LoweringOptions): Lowered {
  const file = ts.createSourceFile(fileName, code, ts.ScriptTarget.Latest, true, ts.ScriptKind.JS);
  const writer = new PlainWriter(new PlainFacts(file), options.hasIterators);
  const textOf = (root: ts.Node): string => {
    const edits: Edit[] = [];
    const visit = (node: ts.Node): void => {
      const text = isPlain(node) ? writer.text(node, null, textOf) : undefined;
      if (text !== undefined) edits.push({ start: node.getStart(), end: node.end, text });
      else {
        const start = node.getStart();
        if (ts.isStatement(node) && !ts.isBlock(node)) edits.push({ start, end: start, text: markOf(node) });
        ts.forEachChild(node, visit);
      }
    };
    ts.forEachChild(root, visit);
    return edited(root, edits);
  };
  const text = textOf(file);
  const uses = RUNTIME.filter((name) => new RegExp(`\\$${name}\\b`).test(text));
  return { ...toCode(text, file), uses, prefix: prefixFor(file) };
}
