/** Which names of the library a program uses, by what they stand for: `list.join(" ")` is no use of `join`. */
import ts from "typescript";
import type { Program } from "../program/program.js";

/** What needs the bonds of tasks (core/tasks/bonds.ts). */
const BONDS = ["join", "settled", "stop", "detach"];
/** What else takes or gives handles of tasks. */
const HANDLES = ["currentTask", "nameOf"];
/** What starts tasks besides `spawn`. */
const STARTERS = ["trySpawn", "reserve"];
const HOLDS = ["pause", "resume"];

/** What a program does with its tasks besides spawning and cancelling them. */
export interface LifeUses {
  readonly bonds: boolean;
  readonly stops: boolean;
  readonly handles: boolean;
  readonly starts: boolean;
  readonly reserves: boolean;
  readonly holds: boolean;
}

export function lifeOf(program: Program): LifeUses {
  const own = ownUses(program, [...BONDS, ...HANDLES, ...STARTERS, ...HOLDS]);
  const uses = (...names: readonly string[]): boolean => names.some((name) => own.has(name));
  return {
    bonds: uses(...BONDS),
    stops: uses("stop"),
    handles: uses(...HANDLES),
    starts: uses(...STARTERS),
    reserves: uses("reserve"),
    holds: uses(...HOLDS),
  };
}

/** Those of `names` that the author's files use. */
function ownUses(program: Program, names: readonly string[]): Set<string> {
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
