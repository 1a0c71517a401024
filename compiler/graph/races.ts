/**
 * Races: select and its kin, timeout, and awaits of named futures. What an arm is decides what begins it:
 *
 *   leaf(...)                   the operation of the arm                                       begins where it stands
 *   name                        the operation of the named future, lent
 *   promise                     the operation of the arm, which the promise completes          begins where it stands
 *   f(...)                      a strand of the arm, for good                                  begins with the race
 *   op(...), o.m(...)           a free strand, which one of several functions runs on;         begins with the race,
 *                               a future that the call makes is the operation of the arm       or where it stands
 *   select(...), timeout(...)   a free strand, which the race inside has as its owner          its arms, as these
 *   c ? f(...) : g(...)         what the branch says
 */
import ts from "typescript";
import { limitOf, makerOf } from "../combinators.js";
import type { Awaited, Builder } from "./builder.js";
import { argumentsOf } from "./compiled-calls.js";
import { Refusal } from "../diagnostics.js";
import { DispatchedCall } from "./dispatched.js";
import type { AsyncFunction } from "../find/find-tasks.js";
import { asyncTargetOf } from "../find/targets.js";
import { BORROWED, OWNED, PLAIN, STRAND, type Callee, type Race, type RaceLine } from "./ir.js";
import { hasAwait, unwrapped } from "../syntax.js";
import { isPromise, requireFuture } from "./waiting.js";

/** An arm being built. */
interface Arm {
  readonly kind: number;
  readonly strand: Callee | null;
  /** Whether something of it begins where it stands. */
  readonly begins: boolean;
  /** The lines that fill it in. */
  readonly lines: readonly RaceLine[];
}

/** Where an arm stands. */
interface Place {
  /** The number of its race, and its own. */
  readonly race: number;
  readonly arm: number;
  /** The arms before it. */
  readonly before: readonly Arm[];
  /** Whether an await comes after it, so that its arguments are stored. */
  readonly isKept: boolean;
  /** The free arm whose strand owns the race; null for the function's. */
  readonly owner: number | null;
  /** The free strand of the arm, when a branch has it already. */
  readonly free?: number;
}

export function select(b: Builder, node: ts.CallExpression): Awaited {
  return { value: `${awaitedRace(b, node)}.pick_()`, isTaken: true };
}

export function timeout(b: Builder, node: ts.CallExpression): Awaited {
  return { value: `${awaitedRace(b, node)}.pickFirst_($TIMED_OUT)`, isTaken: true };
}

export function named(b: Builder, future: ts.Expression): Awaited {
  const slot = b.reserveRace();
  const arm = lentArm(b, unwrapped(future), slot, 0);
  b.races[slot] = raceOf(slot, PLAIN, ["future"], [arm], null);
  suspendIn(b, b.races[slot], arm.lines, future);
  return { value: `${b.storage.race(slot)}.pickFirst_(undefined)`, isTaken: true };
}

/** Suspends until the race of `node`, a select or timeout, is decided; its storage. */
function awaitedRace(b: Builder, node: ts.CallExpression): string {
  const { race, lines } = raceAt(b, node, null, false);
  suspendIn(b, race, lines, node);
  return b.storage.race(race.slot);
}

function suspendIn(b: Builder, group: Race, start: readonly RaceLine[], node: ts.Node): void {
  b.suspend((next) => ({ kind: "race", start, group, next }), node);
}

/** The race that `node` says, and the lines that fill it; `owner` as in {@link Place}. */
function raceAt(
  b: Builder,
  node: ts.CallExpression,
  owner: number | null,
  isKept: boolean,
): { readonly race: Race; readonly lines: readonly RaceLine[]; readonly begins: boolean } {
  const slot = b.reserveRace();
  const own = b.program.ownNameOf(node.expression)!;
  const maker = makerOf(own);
  const { names, futures, limit } = maker === undefined ? timeoutParts(node, own) : selectParts(node, own);
  const all = limit === undefined ? futures : [...futures, limit];
  const last = all.reduce((found, each, i) => (hasAwait(each) ? i : found), -1);
  const arms: Arm[] = [];
  for (const [i, future] of futures.entries()) {
    refuseAwaitAfter(arms, future, "an arm");
    const place = { race: slot, arm: i, before: arms, isKept: isKept || i < last, owner };
    arms.push(armOf(b, unwrapped(future), place));
  }
  if (limit !== undefined) arms.push(limitArm(b, limit, limitOf(own)!, arms, slot));
  const race = raceOf(slot, maker ?? PLAIN, names, arms, owner);
  b.races[slot] = race;
  return { race, lines: arms.flatMap((each) => each.lines), begins: arms.some((each) => each.begins) };
}

function raceOf(
  slot: number,
  maker: string,
  names: readonly string[],
  arms: readonly Arm[],
  owner: number | null,
): Race {
  const kinds = arms.map((each) => each.kind);
  return { slot, maker, names, kinds, strands: arms.map((each) => each.strand), owner };
}

interface Parts {
  readonly names: readonly string[];
  readonly futures: readonly ts.Expression[];
  readonly limit?: ts.Expression;
}

function selectParts(node: ts.CallExpression, own: string): Parts {
  const argument = node.arguments[0] === undefined ? undefined : unwrapped(node.arguments[0]);
  if (argument === undefined || !ts.isObjectLiteralExpression(argument)) {
    throw new Refusal(
      "C120",
      argument ?? node,
      `${own}() takes its arms in place. Write ${own}({ name: future, ... })`,
    );
  }
  const names: string[] = [];
  const futures = argument.properties.map((property) => {
    const value = ts.isPropertyAssignment(property) ? property.initializer : property.name;
    const isPlain = ts.isPropertyAssignment(property) || ts.isShorthandPropertyAssignment(property);
    if (!isPlain || value === undefined || ts.isComputedPropertyName(property.name)) {
      throw new Refusal("C120", property, `an arm of ${own}() is \`name: future\``);
    }
    names.push((property.name as ts.Identifier).text);
    return value as ts.Expression;
  });
  if (futures.length === 0)
    throw new Refusal("C120", argument, `${own}() of no arms never ends. Give it one`);
  return { names, futures };
}

function timeoutParts(node: ts.CallExpression, own: string): Parts {
  const [future, limit] = node.arguments;
  if (future === undefined || limit === undefined)
    throw new Refusal("C123", node, `${own}() takes a future and a limit`);
  return { names: ["future", "limit"], futures: [future], limit };
}

function limitArm(b: Builder, limit: ts.Expression, leaf: string, before: readonly Arm[], race: number): Arm {
  refuseAwaitAfter(before, limit, "a limit");
  const delay = b.value(limit);
  const lines = [`${b.storage.race(race)}.enlist_(${before.length});`, `${leaf}(${delay});`];
  return { kind: OWNED, strand: null, begins: true, lines };
}

/** A call of an async function begins with the race. What begins where it stands would run during the await. */
function refuseAwaitAfter(arms: readonly Arm[], node: ts.Node, what: string): void {
  if (!hasAwait(node) || !arms.some((each) => each.begins)) return;
  throw new Refusal(
    "C121",
    node,
    `await inside ${what}, after an arm has begun. Await it into a const before`,
  );
}

function armOf(b: Builder, future: ts.Expression, place: Place): Arm {
  if (ts.isConditionalExpression(future)) return branchArm(b, future, place);
  if (!ts.isCallExpression(future)) {
    if (isPromise(b, future)) return promiseArm(b, future, place);
    if (place.free === undefined) return lentArm(b, future, place.race, place.arm);
    const what = "a future with a name as a branch of an arm is not compiled";
    throw new Refusal("C122", future, `${what}. Choose it into a const before`);
  }
  const own = b.program.ownNameOf(future.expression);
  const isTimeout = limitOf(own) !== undefined;
  if (isTimeout || makerOf(own) !== undefined) return nestedArm(b, future, isTimeout, place);
  const functions = b.fn.dispatches.get(future);
  if (functions !== undefined) return dispatchedArm(b, future, place);
  const target = asyncTargetOf(b.program, future);
  if (target === undefined)
    return isPromise(b, future) ? promiseArm(b, future, place) : leafArm(b, future, place);
  const fn = b.functions.get(target)!;
  refuseCycle(b, future, fn);
  const { race, arm } = place;
  const strand =
    place.free === undefined
      ? b.callee(target, future.expression, true, siblingsOf(place), place.owner)
      : b.freeCallee(target, future.expression, place.free);
  const given = argumentsOf(b, future, target);
  const args = place.isKept ? given.map((each) => b.store(each)) : given;
  return { kind: STRAND, strand, begins: false, lines: [{ race, arm, callee: strand, args }] };
}

/** A strand that an earlier arm of the race has cannot be that of this one. */
function siblingsOf({ before }: Place): readonly (Callee | null)[] {
  return before.map((each) => each.strand);
}

function refuseCycle(b: Builder, future: ts.Node, fn: AsyncFunction): void {
  if (fn.cycle === null || fn.cycle !== b.fn.cycle) return;
  const what = `"${fn.name}" awaits itself through this arm, which has no levels`;
  throw new Refusal("C112", future, `${what}. Await it outside of the select`);
}

function leafArm(b: Builder, future: ts.CallExpression, place: Place): Arm {
  requireFuture(b, future);
  const start = `${b.mark(future)}${b.value(future)};`;
  const { race, arm, free } = place;
  const group = b.storage.race(race);
  const enlist = free === undefined ? `${group}.enlist_(${arm});` : `$leafArm(${group}, ${arm});`;
  return { kind: OWNED, strand: null, begins: true, lines: [enlist, start] };
}

/** What makes the promise may make a future of its own, for which the arm's operation is not. */
function promiseArm(b: Builder, node: ts.Expression, { race, arm, free }: Place): Arm {
  const value = `${b.mark(node)}${ts.isIdentifier(node) ? b.copier.valueText(node) : b.value(node)}`;
  const lines =
    free === undefined
      ? [`$promisedIn(${b.storage.race(race)}, ${arm}, ${value});`]
      : freePromiseLines(b, race, arm, value);
  return { kind: OWNED, strand: null, begins: true, lines };
}

function freePromiseLines(b: Builder, race: number, arm: number, value: string): string[] {
  const promise = b.copier.reference(b.temporary());
  return [`${promise} = ${value};`, `$leafArm(${b.storage.race(race)}, ${arm});`, `$promised(${promise});`];
}

function lentArm(b: Builder, future: ts.Expression, race: number, i: number): Arm {
  if (hasAwait(future))
    throw new Refusal("C121", future, "await of an expression with an await. Await it into a const before");
  requireFuture(b, future);
  requireName(future);
  const line = `${b.storage.race(race)}.lend_(${i}, ${b.copier.valueText(future)});`;
  return { kind: BORROWED, strand: null, begins: false, lines: [line] };
}

/** A future that nothing in place makes must have a name. */
function requireName(future: ts.Expression): void {
  if (ts.isIdentifier(future) || ts.isPropertyAccessExpression(future)) return;
  const message = "await of a computed future. Give the future a name, or call what makes it";
  throw new Refusal("C108", future, message);
}

function nestedArm(b: Builder, node: ts.CallExpression, isTimeout: boolean, place: Place): Arm {
  const free = place.free ?? b.freeArm(place.race, place.arm);
  const { race, lines, begins } = raceAt(b, node, free, place.isKept);
  const nested = { race: race.slot, isTimeout };
  b.nested.push(nested);
  const start = `$startStrand(${strandText(b, place, free)}, ${b.storage.nested(race.slot)});`;
  return { kind: STRAND, strand: null, begins, lines: [start, ...lines] };
}

/** The strand of a free arm, which is a call this time. */
function strandText(b: Builder, { race, arm }: Place, free: number): string {
  return `$callArm(${b.storage.race(race)}, ${arm}, ${b.storage.arm(free)})`;
}

function dispatchedArm(b: Builder, node: ts.CallExpression, place: Place): Arm {
  const functions = b.fn.dispatches.get(node)!;
  for (const fn of functions) refuseCycle(b, node, fn);
  const free = place.free ?? b.freeArm(place.race, place.arm);
  const lines: RaceLine[] = [];
  const isEarly = hasAwait(node) || place.isKept;
  const line = (text: string): void => {
    if (isEarly) b.line(text);
    else lines.push(text);
  };
  const missing = (): never => {
    throw new Refusal(
      "C122",
      node,
      "an arm that may be missing is not compiled. Look for it before the select",
    );
  };
  const dispatch = new DispatchedCall(b, node, functions, line, missing);
  const ways = dispatch.ways();
  const { race, arm } = place;
  const begins = dispatch.otherwise !== null;
  let otherwise: RaceLine[] = [dispatch.refusalText()];
  if (begins) {
    const text = `${b.mark(node)}${dispatch.plainText()}`;
    const isFuture = dispatch.otherwise === "future";
    const leaf = [`$leafArm(${b.storage.race(race)}, ${arm});`, `${text};`];
    otherwise = isFuture ? leaf : freePromiseLines(b, race, arm, text);
  }
  for (const { fn, test, args } of ways.reverse()) {
    const callee = b.freeCallee(fn.node, node.expression, free);
    otherwise = [{ test, then: [{ race, arm, callee, args }], otherwise }];
  }
  return { kind: STRAND, strand: null, begins, lines: [...lines, ...otherwise] };
}

/** One of two arms, which the condition tells. */
function branchArm(b: Builder, node: ts.ConditionalExpression, place: Place): Arm {
  const branches = [node.whenTrue, node.whenFalse];
  if (place.isKept || branches.some(hasAwait)) {
    const what = "await in, or after, an arm that is one of two";
    throw new Refusal("C121", node, `${what}. Await it into a const before`);
  }
  const test = hasAwait(node.condition) ? b.store(b.value(node.condition)) : b.value(node.condition);
  const free = place.free ?? b.freeArm(place.race, place.arm);
  const [then, otherwise] = branches.map((each) => armOf(b, unwrapped(each), { ...place, free }));
  const lines = [{ test, then: then!.lines, otherwise: otherwise!.lines }];
  return { kind: STRAND, strand: null, begins: then!.begins || otherwise!.begins, lines };
}
