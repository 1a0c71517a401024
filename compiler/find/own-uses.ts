/** Which names of the library a program uses, by what they stand for: `list.join(" ")` is no use of `join`. */
import ts from "typescript";
import type { Program } from "../program/program.js";

/** What needs the bonds of tasks (core/tasks/bonds.ts). */
export const BONDS = ["join", "settled", "stop", "detach"];
/** What else takes or gives handles of tasks. */
export const HANDLES = ["currentTask", "nameOf"];
/** What starts tasks besides `spawn`. */
export const STARTERS = ["trySpawn", "reserve"];

/** Those of `names` that the author's files use. */
export function ownUses(program: Program, names: readonly string[]): Set<string> {
  const found = new Set<string>();
  const words = new RegExp(`\\b(${names.join("|")})\\b`);
  for (const file of program.authored) {
    if (!words.test(file.text)) continue;
    const visit = (node: ts.Node): void => {
      if (ts.isIdentifier(node) && names.includes(node.text) && !isImported(node)) {
        const own = program.ownNameOf(node);
        if (own !== undefined) found.add(own);
      }
      ts.forEachChild(node, visit);
    };
    visit(file);
  }
  return found;
}

/** Whether `name` only stands in an import, and not to be given another name: its uses would not be seen then. */
function isImported({ parent }: ts.Identifier): boolean {
  return ts.isImportSpecifier(parent) && parent.propertyName === undefined;
}
