/** What runs once at most while a program runs: the lines of its `main`, and of its modules. */
import ts from "typescript";
import type { Program } from "../program/program.js";
import { isFunction } from "../syntax.js";

/** Whether `node` is evaluated once at most. */
export function runsOnce(node: ts.Node, program: Program): boolean {
  for (let up = node.parent; ; up = up.parent) {
    if (ts.isSourceFile(up)) return true;
    if (ts.isIterationStatement(up, false) || ts.isClassLike(up)) return false;
    if (isFunction(up)) return isMain(up, program);
  }
}

/** Whether `fn` is the program's main, which the target calls, and nobody else. */
function isMain(fn: ts.Node, program: Program): boolean {
  if (!ts.isFunctionDeclaration(fn) || !ts.isSourceFile(fn.parent)) return false;
  const both: number = ts.ModifierFlags.ExportDefault;
  if ((ts.getCombinedModifierFlags(fn) & both) !== both || fn.parent !== program.entryFile) return false;
  const name = fn.name?.text;
  return name === undefined || program.authored.every((file) => countOf(name, file, fn) === 0);
}

/** How often `file` says `name`, but for the declaration itself. */
function countOf(name: string, file: ts.SourceFile, declaration: ts.FunctionDeclaration): number {
  let count = 0;
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && node.text === name && node !== declaration.name) count++;
    ts.forEachChild(node, visit);
  };
  visit(file);
  return count;
}
