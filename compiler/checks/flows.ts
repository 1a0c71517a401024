/**
 * Where a thing that has one name goes: what is called of it, in the whole program.
 *
 *   const presses = new Signal<number>();        presses
 *   spawn(count, button, presses);                 -> the parameter of `count`, and what that calls of it
 *   show(presses)                                  -> the parameter of `show`
 *
 * Things that meet in one parameter are one group: what is done to one may be done to all of them. A use that the text
 * does not explain (a field, a list, an assignment) makes the group unknown, and nothing is said of it.
 */
import ts from "typescript";
import { bodyOfKind } from "../find/targets.js";
import type { Program } from "../program/program.js";
import { unwrapped } from "../syntax.js";
import type { References } from "./references.js";

/** Things that may be one another. */
export interface Group {
  /** Where they are made. */
  readonly made: ts.NewExpression[];
  /** What is called of them, by method; `for await` is "receive". */
  readonly calls: { readonly method: string; readonly node: ts.Expression }[];
  isUnknown: boolean;
}

/** The groups of all things of our types `owners` that a `const` names. */
export function groupsOf(program: Program, references: References, owners: readonly string[]): Group[] {
  const flows = new Flows(program, references);
  const found = new Map<ts.Symbol, ts.NewExpression>();
  for (const file of program.authored) {
    const made = program.noted(file, "variables with new", () => variablesIn(file));
    for (const each of made) addMade(program, each, owners, found);
  }
  for (const [symbol, made] of found) flows.follow(symbol, made);
  return flows.groups.filter((group) => group.made.length > 0);
}

/** The variables of `file` that start with something new. */
function variablesIn(file: ts.SourceFile): ts.VariableDeclaration[] {
  const found: ts.VariableDeclaration[] = [];
  const visit = (node: ts.Node): void => {
    const isVariable = ts.isVariableDeclaration(node) && node.initializer !== undefined;
    if (isVariable && ts.isNewExpression(unwrapped(node.initializer))) found.push(node);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function addMade(
  program: Program,
  node: ts.VariableDeclaration,
  owners: readonly string[],
  found: Map<ts.Symbol, ts.NewExpression>,
): void {
  const value = unwrapped(node.initializer!) as ts.NewExpression;
  if (!isConst(node) || !owners.includes(program.ownNameOf(value.expression) ?? "")) return;
  const symbol = ts.isIdentifier(node.name) ? program.symbolOf(node.name) : undefined;
  if (symbol !== undefined) found.set(symbol, value);
}

function isConst(node: ts.VariableDeclaration): boolean {
  return (ts.getCombinedNodeFlags(node) & ts.NodeFlags.Const) !== 0;
}

/** Properties that say how a thing is, and change nothing. */
const ASKED = [
  ...["length", "capacity", "dropped", "isSet", "isClosed", "isCancelled"],
  ...["count", "waiting", "available", "value", "version"],
];

class Flows {
  groups: Group[] = [];
  private readonly bySymbol = new Map<ts.Symbol, Group>();

  constructor(
    private readonly program: Program,
    private readonly references: References,
  ) {}

  /** Follows `symbol`, which names what `made` makes. */
  follow(symbol: ts.Symbol, made: ts.NewExpression): void {
    this.groupOf(symbol).made.push(made);
  }

  private groupOf(symbol: ts.Symbol): Group {
    const known = this.bySymbol.get(symbol);
    if (known !== undefined) return known;
    const group: Group = { made: [], calls: [], isUnknown: false };
    this.groups.push(group);
    this.bySymbol.set(symbol, group);
    for (const id of this.references.of(symbol)) this.use(symbol, id);
    return this.bySymbol.get(symbol)!;
  }

  private use(symbol: ts.Symbol, id: ts.Identifier): void {
    const node = wholeOf(id);
    const up = node.parent;
    const own = (): Group => this.bySymbol.get(symbol)!;
    if (ts.isPropertyAccessExpression(up) && up.expression === node) {
      const call = wholeOf(up).parent;
      const isCalled = ts.isCallExpression(call) && unwrapped(call.expression) === up;
      if (isCalled) own().calls.push({ method: up.name.text, node: call });
      else if (!ASKED.includes(up.name.text)) own().isUnknown = true;
    } else if (ts.isForOfStatement(up) && up.expression === node && up.awaitModifier !== undefined) {
      own().calls.push({ method: "receive", node });
    } else if (ts.isCallExpression(up) && up.expression !== node) {
      const parameter = this.parameterOf(up, up.arguments.indexOf(node));
      if (parameter === undefined) own().isUnknown = true;
      else this.unite(symbol, parameter);
    } else if (!isIdle(node)) own().isUnknown = true;
  }

  /** The parameter that argument `i` of `call` arrives in. */
  private parameterOf(call: ts.CallExpression, i: number): ts.Symbol | undefined {
    if (i < 0 || call.arguments.slice(0, i).some(ts.isSpreadElement)) return undefined;
    const isSpawn = this.program.ownNameOf(call.expression) === "spawn";
    const fn = isSpawn ? bodyOfKind(this.program, call.arguments[0]!) : this.program.signatureOf(call);
    // What is done to it in the library is not looked at.
    if (
      fn === undefined ||
      this.program.isDeclared(fn) ||
      !ts.isFunctionLike(fn) ||
      !("body" in fn) ||
      fn.body === undefined
    )
      return undefined;
    const own = fn.parameters.filter((each) => each.name.getText() !== "this");
    const parameter = own[isSpawn ? i - 1 : i];
    if (parameter === undefined || parameter.dotDotDotToken !== undefined || !ts.isIdentifier(parameter.name))
      return undefined;
    if (ts.isParameterPropertyDeclaration(parameter, parameter.parent)) return undefined;
    return this.program.symbolOf(parameter.name);
  }

  private unite(symbol: ts.Symbol, other: ts.Symbol): void {
    const theirs = this.groupOf(other);
    const own = this.bySymbol.get(symbol)!;
    if (own === theirs) return;
    own.made.push(...theirs.made);
    own.calls.push(...theirs.calls);
    own.isUnknown ||= theirs.isUnknown;
    this.groups = this.groups.filter((each) => each !== theirs);
    for (const [each, group] of this.bySymbol) if (group === theirs) this.bySymbol.set(each, own);
  }
}

/** `id` with the module it is taken from, parentheses and types around it. */
function wholeOf(id: ts.Expression): ts.Expression {
  let node: ts.Expression = id;
  for (;;) {
    const up: ts.Node = node.parent;
    const isMember = ts.isPropertyAccessExpression(up) && up.name === node;
    if (!isMember && !(ts.isExpression(up) && unwrapped(up) !== up && unwrapped(up) === unwrapped(node)))
      return node;
    node = up;
  }
}

/** Whether `node` stands where nothing is done to it. */
function isIdle(node: ts.Node): boolean {
  const up = node.parent;
  return (
    ts.isVoidExpression(up) || ts.isExpressionStatement(up) || ts.isTypeNode(up) || ts.isExportSpecifier(up)
  );
}
