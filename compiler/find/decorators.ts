/** Decorators: they replace what they stand before at run time, and what is compiled is fixed at build time. */
import ts from "typescript";
import { Refusal } from "../diagnostics.js";
import type { AsyncFunction } from "./find-tasks.js";
import type { Program } from "../program/program.js";

/** Refuses the decorators of compiled methods and their classes; all of them where the engine `runsNone`. */
export function refuseDecorators(
  program: Program,
  functions: readonly AsyncFunction[],
  runsNone: boolean,
  refuse: (refusal: Refusal) => void,
): void {
  const compiled = new Set<ts.Node>(functions.map((fn) => fn.node));
  const isFixed = (node: ts.Node): boolean =>
    compiled.has(node) || (ts.isClassLike(node) && node.members.some((each) => compiled.has(each)));
  const check = (node: ts.Decorator): void => {
    if (runsNone || isFixed(node.parent)) {
      const what = isFixed(node.parent)
        ? `the decorator "${node.getText()}" would replace what is compiled`
        : `the decorator "${node.getText()}" needs symbols, which Espruino has not`;
      refuse(new Refusal("C146", node, `${what}. Call a function in the method instead`));
    }
  };
  for (const file of program.authored) {
    program.noted(file, "decorators", () => decoratorsIn(file)).forEach(check);
  }
}

function decoratorsIn(file: ts.SourceFile): ts.Decorator[] {
  const found: ts.Decorator[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isDecorator(node)) found.push(node);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}
