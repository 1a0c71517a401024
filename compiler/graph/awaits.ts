/**
 * The forms of await:
 *
 *   await leaf(...)          the operation of the strand; suspends unless it is done
 *   await f(...)             a compiled function, in static storage of the caller
 *   await select({...})      a race over operations of its own, and strands for calls of compiled functions
 *   await timeout(x, d)      a race of two
 *   await name               a race of one, since the operation is the named future's
 *   await promise            the operation of the strand, which the promise completes
 *   await (c ? a : b)        each in its branch
 */
import ts from "typescript";
import { either, unless } from "./branches.js";
import type { Awaited, Builder } from "./builder.js";
import { Refusal } from "../diagnostics.js";
import type { AsyncFunction } from "../find/find-tasks.js";
import { listOperands, storeAll, storeBefore } from "./operands.js";
import { classTest } from "../find/dispatch.js";
import { authored, literal } from "../emit/text.js";
import { asyncTargetOf } from "../find/targets.js";
import {
  BORROWED,
  OWNED,
  STRAND,
  makeBlock,
  type Callee,
  type Race,
  type RaceLine,
  type Suspends,
} from "./ir.js";
import { hasAwait, isLazy, parametersOf, unwrapped, type AsyncNode } from "../syntax.js";

/** Leaf futures that never complete at once. */
const SUSPENDS: Readonly<Record<string, Suspends>> = { sleep: "always", yieldNow: "yields" };

/** Those that promise nothing. Of all others what was promised is taken, also where it is no value: a signal's `void`. */
const PROMISES_NOTHING = /^(sleep|sleepUntil|yieldNow|(rising|falling|any)Edge)$/;

/** Suspends until `operand` is done. `node` is the await (or return) that says so. */
export function awaited(b: Builder, operand: ts.Expression, node: ts.Node): Awaited {
  const future = unwrapped(operand);
  if (ts.isConditionalExpression(future)) return awaitedBranch(b, future, node);
  if (ts.isBinaryExpression(future) && isLazy(future)) return awaitedRight(b, future, node);
  if (!ts.isCallExpression(future)) return isPromise(b, future) ? promise(b, future) : named(b, future);
  const own = b.program.ownNameOf(future.expression);
  if (own === "select") return select(b, future);
  if (own === "timeout" || own === "deadline") return timeout(b, future, own);
  const methods = b.fn.dispatches.get(future);
  if (methods !== undefined) return dispatched(b, future, methods, node);
  const target = asyncTargetOf(b.program, future);
  if (target !== undefined && ts.isOptionalChain(unwrapped(future.expression)))
    return dispatched(b, future, [], node, target);
  if (target !== undefined) return call(b, future, target);
  if (isPromise(b, future)) return promise(b, future);
  requireFuture(b, future);
  const suspends = (own !== undefined && SUSPENDS[own]) || "perhaps";
  const start = suspends === "yields" ? "" : `${b.mark(future)}${b.value(future)};`;
  b.suspend((next) => ({ kind: "leaf", start, suspends, next }), future);
  const isNothing = isVoid(b, node) && own !== undefined && PROMISES_NOTHING.test(own);
  return isNothing ? { value: "undefined", isTaken: false } : { value: "$take($t)", isTaken: true };
}

/** Whether `node`, or what it may evaluate to, must be awaited: a return of a future awaits it. */
export function isAwaitable(b: Builder, node: ts.Expression): boolean {
  const inner = unwrapped(node);
  if (asyncTargetOf(b.program, inner) !== undefined) return true;
  // Types leave out a branch that they take to be impossible.
  if (ts.isConditionalExpression(inner))
    return isAwaitable(b, inner.whenTrue) || isAwaitable(b, inner.whenFalse);
  if (ts.isBinaryExpression(inner) && isLazy(inner)) return isAwaitable(b, inner.right);
  return b.program.isFuture(inner) || b.program.isPromise(inner);
}

function awaitedBranch(b: Builder, node: ts.ConditionalExpression, whole: ts.Node): Awaited {
  const branch = (operand: ts.Expression) => (): string => awaitedOrValue(b, operand, whole);
  const value = either(b, whole, b.value(node.condition), branch(node.whenTrue), branch(node.whenFalse));
  return { value, isTaken: false };
}

/** `a || await b` where the author wrote `return a || b`. */
function awaitedRight(b: Builder, node: ts.BinaryExpression, whole: ts.Node): Awaited {
  if (node.operatorToken.kind === ts.SyntaxKind.CommaToken) {
    b.line(`${b.value(node.left)};`);
    return awaited(b, node.right, whole);
  }
  const right = (): string => awaitedOrValue(b, node.right, whole);
  return { value: unless(b, node.operatorToken.kind, node, b.value(node.left), right), isTaken: false };
}

/** A return gives a value as it is where a branch of it makes no future. */
function awaitedOrValue(b: Builder, node: ts.Expression, whole: ts.Node): string {
  const isPlain = !ts.isAwaitExpression(whole) && !isAwaitable(b, node);
  return isPlain ? b.value(node) : awaited(b, node, whole).value;
}

/** Whether `node` is a promise, not a future. @throws Refusal C160 where it may be either */
function isPromise(b: Builder, node: ts.Expression): boolean {
  if (b.program.isFuture(node) || !b.program.isPromise(node)) return false;
  if (!b.program.isEither(node)) return true;
  const what = `await of ${quoted(node)}, which may be a future or a promise`;
  throw new Refusal("C160", node, `${what}. Give it one type: Future<T>, or Promise<T>`);
}

/** Its rejection is thrown, also where nobody wants its value. */
function promise(b: Builder, node: ts.Expression): Awaited {
  const start = `${b.mark(node)}$promised(${b.value(node)});`;
  b.suspend((next) => ({ kind: "leaf", start, suspends: "always", next }), node);
  return { value: "$take($t)", isTaken: true };
}

/** `node`, not too long, in quotes. */
function quoted(node: ts.Expression): string {
  const text = node.getText().replace(/\s+/g, " ");
  return `"${text.length > 40 ? `${text.slice(0, 37)}...` : text}"`;
}

function isVoid(b: Builder, node: ts.Node): boolean {
  return ts.isAwaitExpression(node) ? b.program.isVoid(node) : b.program.isVoidReturn(b.fn.node);
}

function requireFuture(b: Builder, node: ts.Expression): void {
  if (b.program.isFuture(node)) return;
  const what = quoted(node);
  if (ts.isCallExpression(node) && b.program.ownNameOf(node.expression) === "spawn") {
    const advice = "To wait for its end, write await join(spawn(...))";
    throw new Refusal("C107", node, `await of ${what}, which starts a task and goes on. ${advice}`);
  }
  throw new Refusal(
    "C107",
    node,
    `await of ${what}, which is no future. Remove the await, or write await yieldNow()`,
  );
}

/** The arguments of `node` as `target` takes them: one for each parameter, and a list for a rest parameter. */
export function argumentsOf(b: Builder, node: ts.CallExpression, target: AsyncNode): string[] {
  const callee = unwrapped(node.expression);
  const receiver =
    ts.isMethodDeclaration(target) && ts.isPropertyAccessExpression(callee) ? [callee.expression] : [];
  const evaluated = receiver.filter((each) => each.kind !== ts.SyntaxKind.SuperKeyword);
  storeBefore(b, [...evaluated.map((each) => ({ node: each })), ...listOperands(node.arguments)]);
  return arranged(b, node, target);
}

/** As {@link argumentsOf}, once all is evaluated. */
function arranged(b: Builder, node: ts.CallExpression, target: AsyncNode): string[] {
  const callee = unwrapped(node.expression);
  const receiver =
    ts.isMethodDeclaration(target) && ts.isPropertyAccessExpression(callee) ? [callee.expression] : [];
  const captures = b.functions
    .get(target)!
    .captures.map((each) => b.storage.slot(b.scopes.slotOfSymbol(each)));
  const hidden = [...receiver.map((each) => receiverText(b, each)), ...captures];
  const texts = node.arguments.map((argument) => b.copier.text(argument));
  const parameters = parametersOf(target);
  const rest = parameters.findIndex((each) => each.dotDotDotToken !== undefined);
  if (!node.arguments.some(ts.isSpreadElement)) {
    return rest < 0
      ? [...hidden, ...texts]
      : [...hidden, ...texts.slice(0, rest), `[${texts.slice(rest).join(", ")}]`];
  }
  const all = b.store(`[${texts.join(", ")}]`);
  const each = parameters.map((_, i) => (i === rest ? `${all}.slice(${i})` : `${all}[${i}]`));
  return [...hidden, ...each];
}

/** The object of a call of a method; an inherited one has that of the caller. */
function receiverText(b: Builder, receiver: ts.Expression): string {
  const isSuper = receiver.kind === ts.SyntaxKind.SuperKeyword;
  return isSuper ? b.copier.reference(b.scopes.receiver!) : b.copier.text(receiver);
}

function call(
  b: Builder,
  node: ts.CallExpression,
  target: AsyncNode,
  args = argumentsOf(b, node, target),
): Awaited {
  const callee = b.callee(target, node.expression, false);
  b.suspend((next) => ({ kind: "call", callee, args, next }), node);
  return { value: b.program.isVoidReturn(target) ? "undefined" : "$t.value_", isTaken: false };
}

/**
 * Runs the method of the class that the object has, or what it gives itself; see dispatch.ts. Where there is `only` one,
 * nothing but the object may be missing: `sensor?.read()`.
 */
function dispatched(
  b: Builder,
  node: ts.CallExpression,
  methods: readonly AsyncFunction[],
  whole: ts.Node,
  only?: AsyncNode,
): Awaited {
  const callee = unwrapped(node.expression) as ts.PropertyAccessExpression;
  storeAll(b, [{ node: callee.expression }]);
  const object = b.copier.text(callee.expression);
  const isNothing = isVoid(b, whole);
  const result = isNothing ? "undefined" : b.copier.reference(b.temporary(whole));
  const after = makeBlock();
  const keep = (value: string): void => {
    if (!isNothing) b.line(`${result} = ${value};`);
    b.goto(after);
  };
  const isOptional = ts.isOptionalChain(node);
  if (isOptional) {
    const [none, some] = [makeBlock(), makeBlock()];
    b.branch(`${object} == null`, none, some);
    b.at(none);
    keep("undefined");
    b.at(some);
  }
  storeAll(b, listOperands(node.arguments));
  for (const { node: method, id, file } of methods) {
    const [own, next] = [makeBlock(), makeBlock()];
    b.branch(`${file === b.fn.file ? classTest(id) : `$is_${id}`}(${object})`, own, next);
    b.at(own);
    const { value } = call(b, node, method, arranged(b, node, method));
    keep(value);
    b.at(next);
  }
  const args = node.arguments.map((each) => b.copier.text(each)).join(", ");
  if (only !== undefined) keep(call(b, node, only, arranged(b, node, only)).value);
  else if (isOptional || b.program.isFuture(node)) {
    const start = `${b.mark(node)}${object}.${authored(callee.name.text)}(${args});`;
    b.suspend((next) => ({ kind: "leaf", start, suspends: "perhaps", next }), node);
    keep("$take($t)");
  } else {
    b.line(
      `throw new TypeError(${literal(`${node.expression.getText()}() is no async method of this program`)});`,
    );
    b.end({ kind: "end" });
  }
  b.at(after);
  return { value: result, isTaken: false };
}

/** An arm being built: how it is owned, and the lines that fill it in the storage `group`. */
interface Arm {
  readonly kind: number;
  readonly strand: Callee | null;
  readonly lines: (group: string) => readonly RaceLine[];
}

/** What ends a race of one: `leaf` of `node`. */
interface Limit {
  readonly node: ts.Expression;
  readonly leaf: string;
}

/** The arms of a select, in the order in which they are evaluated; `limit` is evaluated after them. */
function armsOf(b: Builder, futures: readonly ts.Expression[], limit?: Limit): Arm[] {
  const all = limit === undefined ? futures : [...futures, limit.node];
  const last = all.reduce((found, each, i) => (hasAwait(each) ? i : found), -1);
  const arms: Arm[] = [];
  for (const [i, future] of futures.entries()) {
    refuseAwaitAfter(arms, future, "an arm");
    arms.push(arm(b, unwrapped(future), i, arms, i < last));
  }
  if (limit === undefined) return arms;
  refuseAwaitAfter(arms, limit.node, "a limit");
  const start = `${limit.leaf}(${b.value(limit.node)});`;
  const lines = (group: string): RaceLine[] => [`${group}.enlist_(${futures.length});`, start];
  return [...arms, { kind: OWNED, strand: null, lines }];
}

/** A call of an async function begins with the race. What begins where it stands would run during the await. */
function refuseAwaitAfter(arms: readonly Arm[], node: ts.Expression, what: string): void {
  if (!hasAwait(node) || arms.every((each) => each.kind !== OWNED)) return;
  throw new Refusal(
    "C121",
    node,
    `await inside ${what}, after an arm has begun. Await it into a const before`,
  );
}

/** `isKept`: an await comes after it, so that its arguments are stored. */
function arm(b: Builder, future: ts.Expression, i: number, before: readonly Arm[], isKept: boolean): Arm {
  if (!ts.isCallExpression(future))
    return isPromise(b, future) ? promiseArm(b, future, i) : lentArm(b, future, i);
  const own = b.program.ownNameOf(future.expression);
  if (own === "select" || own === "timeout" || own === "deadline" || b.fn.dispatches.has(future)) {
    const [name, text] = [future.expression.getText(), future.getText().replace(/\s+/g, " ")];
    const advice = `Write (async () => ${text.length > 40 ? `${name}(...)` : text})()`;
    throw new Refusal("C122", future, `${name}() as an arm is not compiled. ${advice}`);
  }
  const target = asyncTargetOf(b.program, future);
  if (target === undefined) {
    if (isPromise(b, future)) return promiseArm(b, future, i);
    requireFuture(b, future);
    const start = `${b.mark(future)}${b.value(future)};`;
    return { kind: OWNED, strand: null, lines: (group) => [`${group}.enlist_(${i});`, start] };
  }
  const fn = b.functions.get(target)!;
  if (fn.cycle !== null && fn.cycle === b.fn.cycle) {
    const what = `"${fn.name}" awaits itself through this arm, which has no levels`;
    throw new Refusal("C112", future, `${what}. Await it outside of the select`);
  }
  const siblings = before.map((each) => each.strand);
  const strand = b.callee(target, future.expression, true, siblings);
  const given = argumentsOf(b, future, target);
  const args = isKept ? given.map((each) => b.store(each)) : given;
  return { kind: STRAND, strand, lines: () => [{ arm: i, callee: strand, args }] };
}

/** What makes the promise may make a future of its own, for which the arm's operation is not. */
function promiseArm(b: Builder, node: ts.Expression, i: number): Arm {
  const value = ts.isIdentifier(node) ? b.copier.valueText(node) : b.value(node);
  const lines = (group: string): RaceLine[] => [`${b.mark(node)}$promisedIn(${group}, ${i}, ${value});`];
  return { kind: OWNED, strand: null, lines };
}

function lentArm(b: Builder, future: ts.Expression, i: number): Arm {
  if (hasAwait(future))
    throw new Refusal("C121", future, "await of an expression with an await. Await it into a const before");
  requireFuture(b, future);
  requireName(future);
  const name = b.copier.valueText(future);
  return { kind: BORROWED, strand: null, lines: (group) => [`${group}.lend_(${i}, ${name});`] };
}

/** Suspends until one of `arms` decides; the storage of the race. */
function race(b: Builder, names: readonly string[], arms: readonly Arm[], node: ts.Node): string {
  const group: Race = {
    slot: b.races.length,
    names,
    kinds: arms.map((each) => each.kind),
    strands: arms.map((each) => each.strand),
  };
  b.races.push(group);
  const text = b.storage.race(group.slot);
  const start = arms.flatMap((each) => each.lines(text));
  b.suspend((next) => ({ kind: "race", start, group, next }), node);
  return text;
}

function select(b: Builder, node: ts.CallExpression): Awaited {
  const argument = node.arguments[0] === undefined ? undefined : unwrapped(node.arguments[0]);
  if (argument === undefined || !ts.isObjectLiteralExpression(argument)) {
    throw new Refusal(
      "C120",
      argument ?? node,
      "select() takes its arms in place. Write select({ name: future, ... })",
    );
  }
  const names: string[] = [];
  const futures = argument.properties.map((property) => {
    const value = ts.isPropertyAssignment(property) ? property.initializer : property.name;
    const isPlain = ts.isPropertyAssignment(property) || ts.isShorthandPropertyAssignment(property);
    if (!isPlain || value === undefined || ts.isComputedPropertyName(property.name)) {
      throw new Refusal("C120", property, "an arm of select() is `name: future`");
    }
    names.push((property.name as ts.Identifier).text);
    return value as ts.Expression;
  });
  if (futures.length === 0)
    throw new Refusal("C120", argument, "select() of no arms never ends. Give it one");
  return { value: `${race(b, names, armsOf(b, futures), node)}.pick_()`, isTaken: true };
}

/** The leaf future that is the limit of each. */
const LIMITS = { timeout: "$sleep", deadline: "$sleepUntil" };

function timeout(b: Builder, node: ts.CallExpression, own: keyof typeof LIMITS): Awaited {
  const [future, limit] = node.arguments;
  if (future === undefined || limit === undefined)
    throw new Refusal("C123", node, `${own}() takes a future and a limit`);
  const arms = armsOf(b, [future], { node: limit, leaf: LIMITS[own] });
  const group = race(b, ["future", "limit"], arms, node);
  return { value: `${group}.pickFirst_($TIMED_OUT)`, isTaken: true };
}

/** A future that nothing in place makes must have a name. */
function requireName(future: ts.Expression): void {
  if (ts.isIdentifier(future) || ts.isPropertyAccessExpression(future)) return;
  const message = "await of a computed future. Give the future a name, or call what makes it";
  throw new Refusal("C108", future, message);
}

function named(b: Builder, future: ts.Expression): Awaited {
  const group = race(b, ["future"], [lentArm(b, unwrapped(future), 0)], future);
  return { value: `${group}.pickFirst_(undefined)`, isTaken: true };
}
