/**
 * Which async functions a call runs whose target is a value: what can come to its callee, looked for backwards, over
 * all the author's files.
 *
 *   await op()              op, a parameter             <- what its function is called with, where all calls are known
 *                           const, let                  <- what it is given
 *   await steps[i]()        an element                  <- what stands in lists, of a type that fits
 *   await table.open()      a property                  <- what properties of that name have, of a type that fits
 *                           anything else               <- every async function that is a value somewhere, and fits
 *
 * The first two are exact; of the others a function may be found that never comes there, which costs it a frame.
 */
import ts from "typescript";
import type { Program } from "../program/program.js";
import { implementationOf, isFunction, isLazy, parametersOf, unwrapped, type AsyncNode } from "../syntax.js";
import { declarationOf, isCallback, isNamed, isOfClass } from "./standing.js";
import { SUPER, functionUsesIn, type AnyCall, type FunctionUses, returnedBy } from "./function-uses.js";
import { asyncFunctionOf, asyncTargetOf, bodyOf, bodyOfKind, isAsync } from "./targets.js";

/** Functions of the engine that make lists of what no list had. */
const LISTERS = ["values", "entries", "map", "flatMap", "from", "reduce"];

/** One question, while it is answered. */
interface Search {
  /** The callee whose type functions must fit; null while it is found what comes to a place, whoever calls it. */
  readonly callee: ts.Expression | null;
  readonly found: Set<ts.Node>;
  readonly seen: Set<unknown>;
  /** Whether a function comes there that is none of these, and gives a promise or a future itself. */
  isOpen: boolean;
}

/** Calls of a function; `skipped` arguments are not its own. */
type Calls = readonly { readonly call: AnyCall; readonly skipped: number }[];

/** What may be the value of a callee. */
export interface Callees {
  readonly functions: readonly AsyncNode[];
  readonly isOpen: boolean;
}

const known = new WeakMap<Program, Flows>();

/** The flows of `program`. */
export function flowsOf(program: Program): Flows {
  const flows = known.get(program) ?? new Flows(program);
  known.set(program, flows);
  return flows;
}

/** See the head of this file. */
export class Flows {
  private all: readonly FunctionUses[] | undefined;
  private everyValue: readonly AsyncNode[] | undefined;
  private readonly handing = new Map<ts.Node, boolean>();
  private readonly calls = new Map<ts.Node, Calls | undefined>();
  /** What comes to places that many callees have in common. */
  private readonly places = new Map<string, Pick<Search, "found" | "isOpen">>();
  private allRestNames: ReadonlySet<string> | undefined;

  constructor(private readonly program: Program) {}

  /** The functions that may be the value of `callee`. */
  calleesOf(callee: ts.Expression): Callees {
    const search = startAt(callee);
    this.expression(callee, search, true);
    const functions = [...(search.found as Set<AsyncNode>)].sort(byPlace);
    return { functions, isOpen: search.isOpen };
  }

  private get uses(): readonly FunctionUses[] {
    return (this.all ??= this.program.authored.map((file) =>
      this.program.noted(file, "function uses", () => functionUsesIn(file)),
    ));
  }

  /** `isExact`: what is found comes to the callee for sure; otherwise its type must fit. */
  private expression(node: ts.Expression, search: Search, isExact: boolean): void {
    if (!isExact && !this.program.callable.mayBeFunction(node)) return;
    const value = bodyOf(this.program, node);
    if (ts.isConditionalExpression(value)) {
      this.expression(value.whenTrue, search, isExact);
      this.expression(value.whenFalse, search, isExact);
    } else if (ts.isBinaryExpression(value)) this.operator(value, search, isExact);
    else if (isFunction(value)) this.add(value, search, isExact);
    else if (ts.isIdentifier(value)) this.name(value, search, isExact);
    else if (ts.isPropertyAccessExpression(value)) this.member(value, search, isExact);
    else if (ts.isElementAccessExpression(value)) this.element(value, search);
    else if (ts.isCallExpression(value)) this.result(value, search, isExact);
    else if (!isNothing(value)) this.anything(search);
  }

  private operator(node: ts.BinaryExpression, search: Search, isExact: boolean): void {
    const isComma = node.operatorToken.kind === ts.SyntaxKind.CommaToken;
    if (isLazy(node) && !isComma) this.expression(node.left, search, isExact);
    this.expression(node.right, search, isExact);
  }

  private add(node: ts.Node, search: Search, isExact: boolean): void {
    if (search.callee === null) {
      search.found.add(node);
      return;
    }
    if (!isExact && !this.program.callable.isCallableAs(node as AsyncNode, search.callee)) return;
    if (this.isRunnable(node)) search.found.add(node);
    else search.isOpen = true;
  }

  /** Whether tasks can run `node`: an async function, or one that hands on what such a one gives. */
  private isRunnable(node: ts.Node): node is AsyncNode {
    if (this.program.promised.has(node) || this.program.isDeclared(node as ts.Declaration)) return false;
    if (isAsync(node)) return node.asteriskToken === undefined;
    const isPlain =
      ts.isArrowFunction(node) || ts.isFunctionExpression(node) || ts.isFunctionDeclaration(node);
    return isPlain && this.handsOn(node);
  }

  private handsOn(fn: ts.FunctionLikeDeclaration): boolean {
    const known = this.handing.get(fn);
    if (known !== undefined) return known;
    this.handing.set(fn, false);
    const isHanding = returnedBy(fn).some((value) => this.runsAsync(unwrapped(value)));
    this.handing.set(fn, isHanding);
    return isHanding;
  }

  private runsAsync(call: ts.Expression): boolean {
    const { program } = this;
    if (!ts.isCallExpression(call) || !(program.isPromise(call) || program.mayBeFuture(call))) return false;
    const callee = unwrapped(call.expression);
    // An interface of futures is one of async methods too.
    const mayMean = ts.isPropertyAccessExpression(callee) ? program.methods.membersFor(callee) : [];
    if (asyncTargetOf(program, call) !== undefined || mayMean.some(isAsync)) return true;
    return this.calleesOf(callee).functions.length > 0;
  }

  private name(name: ts.Identifier, search: Search, isExact: boolean): void {
    const own = asyncFunctionOf(this.program, name);
    const declaration = implementationOf(this.program.symbolOf(name));
    if (own !== undefined) this.add(own, search, isExact);
    else if (declaration === undefined) {
      if (name.text !== "undefined") this.anything(search);
    } else if (ts.isFunctionLike(declaration)) this.add(declaration, search, isExact);
    else this.declared(declaration, search, isExact);
  }

  /** What the variable or parameter `declaration` may hold. */
  private declared(declaration: ts.Declaration, search: Search, isExact: boolean): void {
    if (isSeen(search, declaration)) return;
    if (this.program.isDeclared(declaration)) search.isOpen = true;
    else if (ts.isParameter(declaration)) this.parameter(declaration, search, isExact);
    else if (ts.isVariableDeclaration(declaration)) this.variable(declaration, search, isExact);
    else if (ts.isBindingElement(declaration)) this.binding(declaration, search);
    else this.anything(search);
  }

  private variable(node: ts.VariableDeclaration, search: Search, isExact: boolean): void {
    const loop = node.parent.parent;
    if (ts.isForOfStatement(loop)) this.itemsOf(loop.expression, search);
    else if (node.initializer !== undefined) this.expression(node.initializer, search, isExact);
    this.assigned(node.name, search, isExact);
  }

  private assigned(name: ts.BindingName, search: Search, isExact: boolean): void {
    if (!ts.isIdentifier(name)) return;
    for (const { assignments } of this.uses)
      for (const value of assignments.get(name.text) ?? []) this.expression(value, search, isExact);
  }

  private binding(node: ts.BindingElement, search: Search): void {
    if (node.initializer !== undefined) this.expression(node.initializer, search, false);
    this.assigned(node.name, search, false);
    const key = node.propertyName ?? node.name;
    if (ts.isArrayBindingPattern(node.parent) || !ts.isIdentifier(key)) this.elements(search);
    else this.property(key.text, search);
  }

  private parameter(node: ts.ParameterDeclaration, search: Search, isExact: boolean): void {
    if (node.initializer !== undefined) this.expression(node.initializer, search, isExact);
    this.assigned(node.name, search, isExact);
    const fn = node.parent;
    const at = parametersOf(fn).indexOf(node);
    const calls = isFunction(fn) ? this.callsOf(fn) : undefined;
    if (calls === undefined || node.dotDotDotToken !== undefined) {
      this.anything(search);
      return;
    }
    for (const { call, skipped } of calls) {
      const args = call.arguments ?? [];
      const value = args[at + skipped];
      if (args.slice(0, at + skipped + 1).some(ts.isSpreadElement)) this.anything(search);
      else if (value !== undefined) this.expression(value, search, isExact);
    }
  }

  /** All calls of `fn`; undefined when some may not be known. */
  private callsOf(fn: ts.FunctionLikeDeclaration): Calls | undefined {
    if (!this.calls.has(fn)) this.calls.set(fn, this.findCallsOf(fn));
    return this.calls.get(fn);
  }

  private findCallsOf(fn: ts.FunctionLikeDeclaration): Calls | undefined {
    const named = (name: string): readonly AnyCall[] =>
      this.uses.flatMap(({ calls }) => calls.get(name) ?? []);
    const plain = (calls: readonly AnyCall[]) => calls.map((call) => ({ call, skipped: 0 }));
    if (ts.isConstructorDeclaration(fn)) {
      const name = fn.parent.name?.text;
      return name === undefined ? undefined : plain([...named(name), ...named(SUPER)]);
    }
    // Another method of that name has other arguments, or the same: both may be meant.
    if (ts.isMethodDeclaration(fn)) return plain(named(fn.name.getText()));
    const spawns = named("spawn").filter(
      (call) => call.arguments?.[0] && bodyOfKind(this.program, call.arguments[0]) === fn,
    );
    const declaration = declarationOf(this.program, fn);
    if (declaration === undefined || (isAsync(fn) && this.allValues.includes(fn)))
      return spawns.length > 0 ? asSpawns(spawns) : undefined;
    const calls = named(declaration.text).filter((call) => this.isCallOf(call, fn));
    return [...plain(calls), ...asSpawns(spawns)];
  }

  private isCallOf({ expression }: AnyCall, fn: ts.Node): boolean {
    const callee = unwrapped(expression);
    const name = ts.isPropertyAccessExpression(callee) ? callee.name : callee;
    const declaration = implementationOf(this.program.symbolOf(name));
    if (declaration === undefined || declaration === fn) return declaration === fn;
    const value = ts.isVariableDeclaration(declaration) ? declaration.initializer : undefined;
    return value !== undefined && bodyOf(this.program, value) === fn;
  }

  private member(node: ts.PropertyAccessExpression, search: Search, isExact: boolean): void {
    const own = asyncFunctionOf(this.program, node);
    if (own !== undefined && !ts.isMethodDeclaration(own)) this.add(own, search, isExact);
    else this.property(node.name.text, search);
  }

  /** What comes to `place`, where `look` looks: the same for all callees that lead there, but for their types. */
  private place(place: string, search: Search, look: (search: Search) => void): void {
    if (isSeen(search, place)) return;
    const known = this.places.get(place);
    if (known === undefined && search.callee === null) look(search);
    else {
      const { found, isOpen } = known ?? this.everythingAt(place, look);
      if (isOpen) search.isOpen = true;
      for (const node of found) this.add(node, search, false);
    }
  }

  private everythingAt(place: string, look: (search: Search) => void): Search {
    const all = startAt(null);
    isSeen(all, place);
    look(all);
    this.places.set(place, all);
    return all;
  }

  private property(name: string, search: Search): void {
    this.place(`.${name}`, search, (all) => {
      for (const { properties } of this.uses) this.values(properties.get(name) ?? [], all);
      for (const { computed } of this.uses) this.values(computed, all);
    });
  }

  private values(nodes: readonly ts.Node[], search: Search): void {
    for (const node of nodes) {
      if (ts.isParameter(node)) this.declared(node, search, false);
      else if (isFunction(node)) this.add(node, search, false);
      else if (!ts.isSpreadElement(node)) this.expression(node as ts.Expression, search, false);
    }
  }

  private element(node: ts.ElementAccessExpression, search: Search): void {
    const key = unwrapped(node.argumentExpression);
    if (ts.isStringLiteralLike(key)) this.property(key.text, search);
    this.itemsOf(node.expression, search);
  }

  /** What `container` may hold: what it is made of, where that is known, and what is put into any. */
  private itemsOf(container: ts.Expression, search: Search): void {
    const made = this.literalOf(container);
    const properties = made !== undefined && ts.isObjectLiteralExpression(made) ? made.properties : undefined;
    if (made === undefined) this.elements(search);
    else if (properties?.some(ts.isSpreadAssignment) === true) this.anything(search);
    else if (properties !== undefined) this.values(properties.map(givenTo), search);
    else if (ts.isArrayLiteralExpression(made)) {
      if (made.elements.some(ts.isSpreadElement)) this.elements(search);
      this.values(made.elements, search);
    }
    this.place("put", search, (all) => {
      for (const uses of this.uses) this.values([...uses.written, ...uses.computed, ...uses.kept], all);
    });
  }

  /** The list or object that `node` is for sure. */
  private literalOf(node: ts.Expression): ts.Expression | undefined {
    const name = unwrapped(node);
    const declaration = ts.isIdentifier(name) ? this.program.symbolOf(name)?.valueDeclaration : undefined;
    const isConst =
      declaration !== undefined &&
      ts.isVariableDeclaration(declaration) &&
      (ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.Const) !== 0;
    const value = isConst ? declaration.initializer && unwrapped(declaration.initializer) : name;
    const isLiteral =
      value !== undefined && (ts.isArrayLiteralExpression(value) || ts.isObjectLiteralExpression(value));
    return isLiteral ? value : undefined;
  }

  /** What lists hold, and objects by a key that is not known. */
  private elements(search: Search): void {
    this.place("[]", search, (all) => {
      this.listed(all);
    });
  }

  private listed(search: Search): void {
    if (this.uses.some(({ calls }) => LISTERS.some((name) => calls.has(name)))) {
      this.anything(search);
      return;
    }
    for (const { listed, properties } of this.uses) {
      this.values(listed, search);
      for (const nodes of properties.values()) this.values(nodes, search);
    }
    for (const name of this.restNames)
      for (const { calls } of this.uses)
        for (const call of calls.get(name) ?? []) this.values(call.arguments ?? [], search);
  }

  /** Names of functions that take their arguments as a list. */
  private get restNames(): ReadonlySet<string> {
    return (this.allRestNames ??= new Set(this.uses.flatMap(({ rests }) => [...rests])));
  }

  private result(node: ts.CallExpression, search: Search, isExact: boolean): void {
    const callee = implementationOf(this.program.symbolOf(node.expression));
    const fn = callee && (ts.isVariableDeclaration(callee) ? callee.initializer : callee);
    if (fn === undefined || !isFunction(fn) || isAsync(fn) || this.program.isDeclared(fn))
      this.anything(search);
    else if (!isSeen(search, fn)) {
      for (const value of returnedBy(fn)) this.expression(value, search, isExact);
    }
  }

  private anything(search: Search): void {
    if (isSeen(search, "*")) return;
    for (const node of this.allValues) this.add(node, search, false);
  }

  /** All async functions that are a value somewhere. */
  private get allValues(): readonly AsyncNode[] {
    return (this.everyValue ??= [...new Set(this.uses.flatMap((uses) => this.valuesIn(uses)))]);
  }

  private valuesIn({ values, properties }: FunctionUses): AsyncNode[] {
    const methods = [...properties.values()].flat().filter(isAsync);
    const isMeant = (node: ts.Expression): boolean =>
      isFunction(node) || this.uses.some(({ names }) => names.has(lastName(node)));
    const named = values
      .filter((node) => isMeant(node))
      .filter((node) => !isNamed(this.program, node) && !isCallback(this.program, node))
      .map((node) => (isFunction(node) ? node : asyncFunctionOf(this.program, node)))
      .filter((node) => node !== undefined && !isOfClass(node) && this.isRunnable(node));
    return [...methods, ...(named as AsyncNode[])];
  }
}

function startAt(callee: ts.Expression | null): Search {
  return { callee, found: new Set(), seen: new Set(), isOpen: false };
}

function asSpawns(calls: readonly AnyCall[]): Calls {
  return calls.map((call) => ({ call, skipped: 1 }));
}

function isSeen({ seen }: Search, what: unknown): boolean {
  if (seen.has(what)) return true;
  seen.add(what);
  return false;
}

/** What a property of an object is given. */
function givenTo(node: ts.ObjectLiteralElementLike): ts.Node {
  if (ts.isPropertyAssignment(node)) return node.initializer;
  return ts.isShorthandPropertyAssignment(node) ? node.name : node;
}

function lastName(node: ts.Expression): string {
  return ts.isPropertyAccessExpression(node) ? node.name.text : node.getText();
}

function isNothing(node: ts.Expression): boolean {
  return ts.isLiteralExpression(node) || node.kind === ts.SyntaxKind.NullKeyword;
}

function byPlace(a: ts.Node, b: ts.Node): number {
  return a.getSourceFile().fileName.localeCompare(b.getSourceFile().fileName) || a.pos - b.pos;
}
