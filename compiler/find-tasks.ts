/**
 * Pass 1: which functions become state machines.
 *
 *   task(async ...)  -- awaits -->  async function  -- awaits --> ...       over all the author's files
 *
 * A function that reaches itself through awaits has no frame of fixed size, and is refused.
 */
import ts from "typescript";
import { Refusal } from "./diagnostics.js";
import type { Program } from "./program.js";
import { awaitedIn, isFunction, unwrapped, type AsyncNode } from "./syntax.js";
import { authored } from "./text.js";

/** An async function that is compiled. */
export interface AsyncFunction {
  readonly node: AsyncNode;
  readonly file: ts.SourceFile;
  /** The author's name, for people. */
  readonly name: string;
  /** A name for generated code, unique in its file. */
  readonly id: string;
  /** The `task(...)` call around it; absent for functions that tasks await. */
  readonly taskCall?: ts.CallExpression;
  /** Instances of the kind; 1 for functions that tasks await. */
  readonly pool: number;
  /** Whether it runs as an arm of a select somewhere; known once all graphs are built. */
  isArm: boolean;
  /** The compiled functions that it awaits, once each. */
  readonly callees: AsyncFunction[];
}

/** Finds the functions to compile. Refusals go to `refuse`, and the rest is still found. */
export function findTasks(program: Program, refuse: (refusal: Refusal) => void): AsyncFunction[] {
  const finder = new Finder(program, refuse);
  for (const file of program.authored) finder.visit(file);
  finder.followCalls();
  finder.addStrays();
  finder.followCalls();
  for (const found of finder.found) refuseCycle(found, [], refuse);
  return finder.found;
}

class Finder {
  readonly found: AsyncFunction[] = [];
  private readonly byNode = new Map<ts.Node, AsyncFunction>();
  private readonly ids = new Set<string>();

  constructor(
    private readonly program: Program,
    private readonly refuse: (refusal: Refusal) => void,
  ) {}

  visit(node: ts.Node): void {
    if (ts.isCallExpression(node) && this.program.ownNameOf(node.expression) === "task") this.addTask(node);
    ts.forEachChild(node, (child) => {
      this.visit(child);
    });
  }

  /** Adds what tasks await until nothing new turns up; the list grows while it is walked. */
  followCalls(): void {
    for (const caller of this.found) {
      for (const operand of awaitedIn(caller.node)) {
        const node = asyncTargetOf(this.program, operand);
        if (node === undefined) continue;
        const callee = this.byNode.get(node) ?? this.add(node, nameOf(node), undefined, 1);
        if (!caller.callees.includes(callee)) caller.callees.push(callee);
      }
    }
  }

  /** Adds functions that await futures though no task awaits them: helpers of a library that this program leaves out. */
  addStrays(): void {
    const visit = (node: ts.Node): void => {
      if (isNamedAtTop(node) && !this.byNode.has(node) && this.awaitsFuture(node)) {
        this.add(node, nameOf(node), undefined, 1);
      }
      if (!isFunction(node)) ts.forEachChild(node, visit);
    };
    for (const file of this.program.authored) visit(file);
  }

  private awaitsFuture(node: AsyncNode): boolean {
    return awaitedIn(node).some((operand) => {
      const target = asyncTargetOf(this.program, operand);
      return (target !== undefined && this.byNode.has(target)) || this.program.isFuture(operand);
    });
  }

  private addTask(call: ts.CallExpression): void {
    const argument = call.arguments[0];
    const body = argument === undefined ? undefined : unwrapped(argument);
    if (body === undefined) return;
    const node = isFunction(body) ? body : asyncFunctionOf(this.program, body);
    if (node === undefined || !isAsync(node)) {
      this.refuse(
        new Refusal(
          "C101",
          body,
          `task() takes an async function. Write task(async function name() { ... })`,
        ),
      );
      return;
    }
    if (!isTopLevel(call)) {
      this.refuse(
        new Refusal("C102", call, "task() declares static storage. Call it at the top level of a module"),
      );
      return;
    }
    const name = node.name?.getText() ?? declaredName(call) ?? "task";
    this.add(node, name, call, poolOf(call));
  }

  private add(
    node: AsyncNode,
    name: string,
    taskCall: ts.CallExpression | undefined,
    pool: number,
  ): AsyncFunction {
    let id = name;
    for (let n = 2; this.ids.has(id); n++) id = `${name}${n}`;
    this.ids.add(id);
    const base = {
      node,
      file: node.getSourceFile(),
      name,
      id: authored(id),
      pool,
      isArm: false,
      callees: [],
    };
    const found: AsyncFunction = taskCall === undefined ? base : { ...base, taskCall };
    this.found.push(found);
    this.byNode.set(node, found);
    return found;
  }
}

/** The author's async function that `operand` calls. */
export function asyncTargetOf(program: Program, operand: ts.Expression): AsyncNode | undefined {
  const call = unwrapped(operand);
  return ts.isCallExpression(call) ? asyncFunctionOf(program, call.expression) : undefined;
}

/** The async function that `name` stands for, when that is known at build time. */
function asyncFunctionOf(program: Program, name: ts.Expression): AsyncNode | undefined {
  const declaration = program.symbolOf(name)?.valueDeclaration;
  if (declaration === undefined) return undefined;
  if (ts.isFunctionDeclaration(declaration))
    return declaration.body && isAsync(declaration) ? declaration : undefined;
  if (!ts.isVariableDeclaration(declaration) || declaration.initializer === undefined) return undefined;
  if (!(ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.Const)) return undefined;
  const value = unwrapped(declaration.initializer);
  return (ts.isArrowFunction(value) || ts.isFunctionExpression(value)) && isAsync(value) ? value : undefined;
}

function isAsync(node: ts.Node): node is AsyncNode {
  return isFunction(node) && (ts.getCombinedModifierFlags(node) & ts.ModifierFlags.Async) !== 0;
}

function isTopLevel(node: ts.Node): boolean {
  for (let up = node.parent; !ts.isSourceFile(up); up = up.parent)
    if (isFunction(up) || ts.isBlock(up)) return false;
  return true;
}

/** Whether `node` is an async function that calls can name: declared at the top of a module. */
function isNamedAtTop(node: ts.Node): node is AsyncNode {
  if (!isAsync(node) || !isTopLevel(node)) return false;
  return ts.isFunctionDeclaration(node) || ts.isVariableDeclaration(node.parent);
}

function nameOf(node: AsyncNode): string {
  if (node.name !== undefined) return node.name.getText();
  return ts.isVariableDeclaration(node.parent) ? node.parent.name.getText() : "anonymous";
}

function declaredName(call: ts.CallExpression): string | undefined {
  return ts.isVariableDeclaration(call.parent) ? call.parent.name.getText() : undefined;
}

function poolOf(call: ts.CallExpression): number {
  const options = call.arguments[1];
  if (options === undefined || !ts.isObjectLiteralExpression(options)) return 1;
  for (const property of options.properties) {
    const isPool = ts.isPropertyAssignment(property) && property.name.getText() === "pool";
    if (isPool && ts.isNumericLiteral(property.initializer)) return Number(property.initializer.text);
  }
  return 1;
}

function refuseCycle(from: AsyncFunction, path: AsyncFunction[], refuse: (refusal: Refusal) => void): void {
  const at = path.indexOf(from);
  if (at > 0) return;
  if (at === 0) {
    const names = [...path, from].map((each) => each.name).join(" -> ");
    const what =
      path.length === 1 ? `"${from.name}" awaits itself` : `"${from.name}" awaits itself (${names})`;
    refuse(
      new Refusal("C110", from.node, `${what}: its frame would have no fixed size. Keep a list and loop`),
    );
    return;
  }
  for (const callee of from.callees) refuseCycle(callee, [...path, from], refuse);
}
