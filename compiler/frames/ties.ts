/**
 * What a function uses that each thread has its own of: variables of modules, and objects that they hold. The plain
 * functions and classes of the author that it uses are looked through as well.
 *
 *   const LIMIT = 10, TABLE = [1, 2] as const       the same on every thread, and nothing can change it
 *   let count = 0                                   another one on each thread
 *   const items = new Channel<number>(4)            so is this
 */
import ts from "typescript";
import type { Program } from "../program/program.js";
import type { Reason } from "./reasons.js";
import { isFunction, isReference, unwrapped } from "../syntax.js";
import { isAsync } from "../find/targets.js";

/** Classes of which a module's object is one for all threads; what their methods wait for, all see. */
export const SHARED: readonly string[] = [
  "SharedSemaphore",
  "SharedMutex",
  "SharedChannel",
  "SharedBlockPool",
  "SharedBarrier",
  "SharedEvent",
  "SharedLatch",
  "SharedWatch",
];

/** What ties `fn`, a compiled function, to its thread; not what the functions that it awaits do. */
export function tiesOf(program: Program, fn: ts.Node): Reason[] {
  const finder = new Finder(program);
  finder.visit(fn);
  return finder.reasons;
}

class Finder {
  readonly reasons: Reason[] = [];
  private readonly seen = new Set<ts.Declaration>();

  constructor(private readonly program: Program) {}

  visit(node: ts.Node): void {
    if (ts.isTypeNode(node)) return;
    if (ts.isIdentifier(node) && isReference(node)) this.reference(node);
    if (ts.isPropertyAccessExpression(node)) this.reference(node.name);
    ts.forEachChild(node, (child) => {
      this.visit(child);
    });
  }

  private reference(name: ts.Identifier | ts.MemberName): void {
    const declaration = this.program.symbolOf(name)?.valueDeclaration;
    if (declaration === undefined || this.program.isDeclared(declaration) || this.seen.has(declaration))
      return;
    if (ts.isPropertyDeclaration(declaration)) this.staticField(name, declaration);
    if (!isOfModule(declaration)) return;
    this.seen.add(declaration);
    if (ts.isFunctionDeclaration(declaration) || ts.isClassDeclaration(declaration)) this.code(declaration);
    if (ts.isVariableDeclaration(declaration)) this.variable(name, declaration);
  }

  /** A compiled function is looked at where it is awaited. */
  private code(node: ts.Node): void {
    if (!isAsync(node)) this.visit(node);
  }

  private variable(name: ts.Node, declaration: ts.VariableDeclaration): void {
    const value = declaration.initializer && unwrapped(declaration.initializer);
    const isConst = (ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.Const) !== 0;
    if (!isConst) {
      this.add(name, `"${name.getText()}" is a variable of the module, and each thread has its own`);
    } else if (value !== undefined && (isFunction(value) || ts.isClassExpression(value))) this.code(value);
    else if (value !== undefined && this.isKind(value)) return;
    else if (!this.program.values.isFixed(declaration.name)) {
      const text = `"${name.getText()}: ${this.program.values.typeText(declaration.name)}"`;
      this.add(name, `${text} is an object of the module, and each thread has its own`);
    }
  }

  /** Whether `value` declares a kind of task, a compiled function or what all threads share: the same everywhere. */
  private isKind(value: ts.Expression): boolean {
    const own = ts.isCallExpression(value) ? this.program.ownNameOf(value.expression) : undefined;
    return (
      own === "task" ||
      own === "recursive" ||
      (own !== undefined && COMMON.includes(own)) ||
      this.isShared(value)
    );
  }

  /** Whether `value` makes what all threads have in common. */
  private isShared(value: ts.Expression): boolean {
    return ts.isNewExpression(value) && SHARED.includes(this.program.ownNameOf(value.expression) ?? "");
  }

  private staticField(name: ts.Node, declaration: ts.PropertyDeclaration): void {
    const flags = ts.getCombinedModifierFlags(declaration);
    const isFixed =
      (flags & ts.ModifierFlags.Readonly) !== 0 && this.program.values.isFixed(declaration.name);
    if ((flags & ts.ModifierFlags.Static) === 0 || isFixed) return;
    this.seen.add(declaration);
    this.add(name, `"${name.getText()}" is static, and each thread has its own`);
  }

  private add(node: ts.Node, text: string): void {
    this.reasons.push({ node, text });
  }
}

/** Calls that give what stands for one thing on every thread. */
const COMMON = ["threads", "sharedArray"];

/** Whether `declaration` stands at the top level of a module: one for all runs of what uses it. */
function isOfModule(declaration: ts.Node): boolean {
  // What `import * as lib` names is a file.
  if (ts.isSourceFile(declaration)) return false;
  for (let up = declaration.parent; !ts.isSourceFile(up); up = up.parent) {
    if (isFunction(up) || ts.isClassLike(up) || ts.isClassStaticBlockDeclaration(up)) return false;
  }
  return true;
}
