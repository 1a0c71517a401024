/**
 * Pass 3, the frame of it: one function's graph while it grows. `statements.ts`, `expressions.ts` and `awaits.ts`
 * add to it.
 *
 * Contexts are what a jump can meet on its way out, innermost last:
 *
 *   loop / label      break and continue go here
 *   try               has a handler; leaving it restores the one outside
 *   finally           a jump stores its target as completion code and goes through the block:
 *                     0 normal, 1 throw, 2 return, 3 cancel, 4, 6, ... the jumps that were seen
 */
import ts from "typescript";
import { columnOf } from "../frames/columns.js";
import { Copier } from "./copy.js";
import { dropDeadHandlers } from "./handlers.js";
import type { AsyncFunction } from "../find/find-tasks.js";
import {
  finishGraph,
  makeBlock,
  nameFor,
  type Block,
  type Callee,
  type FreeArm,
  type Given,
  type Graph,
  type Line,
  type NestedRace,
  type Race,
  type Slot,
  type Terminator,
} from "./ir.js";
import { marks } from "./marks.js";
import type { Lowering, Plain } from "./lowering.js";
import type { Facts } from "../program/program.js";
import { startRounds } from "./rounds.js";
import { Scopes } from "./scopes.js";
import { asyncTargetOf } from "../find/targets.js";
import { authored, markOf } from "../emit/text.js";

export interface Jump {
  readonly target: Block;
  /** Contexts that stay when the jump has arrived. */
  readonly depth: number;
}

export type Context =
  | {
      readonly kind: "loop";
      readonly labels: readonly string[];
      readonly exit: Block;
      readonly again: Block | null;
      readonly isAnonymous: boolean;
    }
  | { readonly kind: "try"; readonly handler: Block }
  | {
      readonly kind: "finally";
      readonly handler: Block;
      readonly entry: Block;
      readonly code: Slot;
      readonly value: Slot;
      readonly jumps: Jump[];
      returns: boolean;
      readonly isHidden: boolean;
    };

/** What an await gives: the text of the value, and whether fetching it has an effect and must not be left out. */
export interface Awaited {
  readonly value: string;
  readonly isTaken: boolean;
}

/** The graph of one function while it grows. */
export class Builder {
  readonly scopes: Scopes;
  readonly copier: Copier;
  readonly storage = marks;
  readonly contexts: Context[] = [];
  readonly callees: Callee[] = [];
  readonly made: Callee[] = [];
  usesObjects = false;
  readonly races: Race[] = [];
  readonly freeArms: FreeArm[] = [];
  readonly nested: NestedRace[] = [];
  readonly futures: Slot[] = [];
  readonly entry = makeBlock();
  params: Slot[] = [];
  private current: Block = this.entry;
  private hasHandlers = false;
  private roundsLeft: Slot | null = null;
  private readonly freeTemporaries: Slot[] = [];
  /** Storage of generators whose loops are over. */
  private readonly freeGenerators: Callee[] = [];
  private usedTemporaries: Slot[] = [];

  constructor(
    readonly program: Facts,
    readonly fn: AsyncFunction,
    readonly functions: ReadonlyMap<ts.Node, AsyncFunction>,
    private readonly lowering: Lowering,
    /** Whether the engine has iterators. */
    readonly hasIterators: boolean,
    /** Null for what tasks run. */
    readonly plain: Plain | null = null,
  ) {
    const functionValue = (node: ts.Node): AsyncFunction | undefined => {
      const own = functions.get(node);
      return own !== undefined && own.tag > 0 ? own : undefined;
    };
    this.scopes = new Scopes(
      program,
      fn.node,
      fn.captures,
      plain,
      (node) => functionValue(node)?.captures ?? [],
    );
    const isCompiledCall = (call: ts.CallExpression): boolean => {
      const target = asyncTargetOf(program, call);
      return target !== undefined && functions.has(target);
    };
    this.copier = new Copier(
      this.scopes,
      isCompiledCall,
      (node) => functions.has(node),
      plain,
      plain === null ? functionValue : undefined,
      (call) => lowering.generatorText(this, call),
    );
  }

  /** The finished graph. */
  graph(): Graph {
    if (this.roundsLeft !== null) this.entry.lines.unshift(startRounds(this.rounds()));
    dropDeadHandlers(this.entry);
    return {
      fn: this.fn,
      entry: this.entry,
      states: finishGraph(this.entry),
      slots: this.scopes.slots,
      params: this.params,
      callees: this.callees,
      made: this.made,
      usesObjects: this.usesObjects,
      races: this.races,
      freeArms: this.freeArms,
      nested: this.nested,
      futures: this.futures,
      hasHandlers: this.hasHandlers,
      pauses: this.roundsLeft !== null,
      isVoid: this.program.isVoidReturn(this.fn.node),
    };
  }

  /** Adds a line to the current block, unless control cannot get there. */
  line(line: Line): void {
    if (!this.isDead) this.current.lines.push(line);
  }

  get isDead(): boolean {
    return this.current === nowhere;
  }

  /** Ends the current block; what follows is unreachable until {@link at}. */
  end(end: Terminator): void {
    if (!this.isDead) this.current.end = end;
    this.current = nowhere;
  }

  goto(to: Block): void {
    this.end({ kind: "goto", to });
  }

  branch(test: string, then: Block, otherwise: Block): void {
    this.end({ kind: "if", test, then, otherwise });
  }

  /** Goes on in `block`. */
  at(block: Block): void {
    this.current = block;
  }

  /** Ends the current block with a suspension and goes on where it resumes. */
  suspend(end: (next: Block) => Terminator, waitsFor: ts.Node, words = ""): void {
    const next = makeBlock();
    const file = waitsFor.getSourceFile();
    const line = file.getLineAndCharacterOfPosition(waitsFor.getStart()).line + 1;
    next.waitsFor = `${words}${waitsFor.getText().replace(/\s+/g, " ")} :${line}`;
    next.waitsAt = waitsFor;
    if (this.isDead) return;
    const suspension = end(next);
    if (suspension.kind === "race") next.resumesRace = suspension.group.slot;
    this.end(suspension);
    this.at(next);
  }

  /**
   * A slot for a value that must outlive an await inside one statement; `given` says what kind of value. It serves for
   * any value of its column, and keeps its first name.
   */
  temporary(given: Given = "object", name = nameFor(given)): Slot {
    const column = columnOf(this.program, given);
    const fits = (each: Slot): boolean => columnOf(this.program, each.given[0]!) === column;
    const free = this.freeTemporaries;
    const sameName = free.findIndex((each) => fits(each) && each.name.startsWith(name));
    const at = sameName < 0 ? free.findIndex(fits) : sameName;
    const slot = at < 0 ? this.scopes.temporary(name, given) : free.splice(at, 1)[0]!;
    if (at >= 0) slot.given.push(given);
    this.usedTemporaries.push(slot);
    return slot;
  }

  /** The name of what counts how many rounds are left to long loops; see rounds.ts. */
  rounds(): string {
    this.roundsLeft ??= this.scopes.temporary("$rounds", "count");
    return marks.slot(this.roundsLeft);
  }

  /** Stores `text`, what `given` says, in a temporary and gives its name. */
  store(text: string, given?: Given): string {
    const name = this.copier.reference(this.temporary(given));
    this.line(`${name} = ${text};`);
    return name;
  }

  lower(node: ts.Statement, labels?: readonly string[]): void {
    this.lowering.statement(this, node, labels);
  }

  scope(statements: readonly ts.Statement[]): void {
    this.lowering.scope(this, statements);
  }

  awaited(operand: ts.Expression, node: ts.Node): Awaited {
    return this.lowering.awaited(this, operand, node);
  }

  yielded(node: ts.YieldExpression): string {
    return this.lowering.yielded(this, node);
  }

  value(node: ts.Expression): string {
    return this.lowering.valueOf(this, node);
  }

  /** Runs `body`, a statement; its temporaries are free afterwards. */
  statement(body: () => void): void {
    const outer = this.usedTemporaries;
    this.usedTemporaries = [];
    body();
    this.freeTemporaries.push(...this.usedTemporaries);
    this.usedTemporaries = outer;
  }

  /** Numbers the caller's storage for `fn`; sequential calls share it. Arms need another one than their `siblings`. */
  callee(
    node: ts.Node,
    name: ts.Expression,
    isStrand: boolean,
    siblings: readonly (Callee | null)[] = [],
    owner: number | null = null,
  ): Callee {
    const fn = this.functions.get(node)!;
    const fits = (each: Callee): boolean => each.isStrand === isStrand && each.owner === owner;
    const known = this.callees.find(
      (each) => each.fn === fn && each.free === null && fits(each) && !siblings.includes(each),
    );
    return known ?? this.newCallee(fn, name, isStrand, { owner });
  }

  /** Numbers the storage for `node`, which may run on the strand of arm `free`. */
  freeCallee(node: ts.Node, name: ts.Expression, free: number): Callee {
    const fn = this.functions.get(node)!;
    const known = this.callees.find((each) => each.fn === fn && each.free === free);
    return known ?? this.newCallee(fn, name, true, { free });
  }

  /** Numbers a strand for arm `arm` of `race`. */
  freeArm(race: number, arm: number): number {
    return this.freeArms.push({ race, arm }) - 1;
  }

  /** Numbers a race, before those that are its arms. */
  reserveRace(): number {
    return this.races.push({ slot: -1, maker: "", names: [], kinds: [], strands: [], owner: null }) - 1;
  }

  /** Numbers storage for a generator, until {@link freeGenerator}. */
  generator(node: ts.Node, name: ts.Expression): Callee {
    const fn = this.functions.get(node)!;
    const at = this.freeGenerators.findIndex((each) => each.fn === fn);
    if (at >= 0) return this.freeGenerators.splice(at, 1)[0]!;
    return this.newCallee(fn, ts.isCallExpression(name) ? name.expression : name, false);
  }

  /** Numbers the generator `node`, of which an object is made. */
  madeOf(node: ts.Node, name: ts.Expression): number {
    this.usesObjects = true;
    const fn = this.functions.get(node)!;
    const known = this.made.findIndex((each) => each.fn === fn);
    if (known >= 0) return known;
    const imported = fn.file === this.fn.file ? null : foreignName(fn, name);
    const place = { isStrand: false, free: null, owner: null, slot: -1 };
    return this.made.push({ fn, imported, ...place }) - 1;
  }

  freeGenerator(callee: Callee): void {
    this.freeGenerators.push(callee);
  }

  private newCallee(
    fn: AsyncFunction,
    name: ts.Expression,
    isStrand: boolean,
    place: { readonly free?: number; readonly owner?: number | null } = {},
  ): Callee {
    const imported = fn.file === this.fn.file ? null : foreignName(fn, name);
    const { free = null, owner = null } = place;
    const callee = { fn, imported, isStrand, free, owner, slot: this.callees.length };
    if (isStrand) fn.isArm = true;
    this.callees.push(callee);
    return callee;
  }

  /** The handler in force inside the innermost `depth` contexts; null is the caller's. */
  handlerAt(depth: number): Block | null {
    for (let i = depth - 1; i >= 0; i--) {
      const context = this.contexts[i]!;
      if (context.kind !== "loop") return context.handler;
    }
    return null;
  }

  /** Makes `handler` catch what is thrown from here on. */
  enterHandler(handler: Block): void {
    this.hasHandlers = true;
    this.line({ handler });
  }

  /** Makes the handler outside the contexts from `depth` on the one in force. */
  leaveHandlers(depth: number): void {
    const handler = this.handlerAt(depth);
    if (this.handlerAt(this.contexts.length) !== handler) this.line({ handler });
  }

  /** Leaves for `target` at context `depth`, through the `finally` blocks on the way. */
  jump(target: Block, depth: number): void {
    for (let i = this.contexts.length - 1; i >= depth; i--) {
      const context = this.contexts[i]!;
      if (context.kind !== "finally") continue;
      let index = context.jumps.findIndex((jump) => jump.target === target);
      if (index < 0) index = context.jumps.push({ target, depth }) - 1;
      this.line(`${this.copier.reference(context.code)} = ${4 + 2 * index};`);
      this.goto(context.entry);
      return;
    }
    this.leaveHandlers(depth);
    this.goto(target);
  }

  /** Returns `value` (text, or null for none), through the `finally` blocks on the way. */
  return(value: string | null): void {
    for (let i = this.contexts.length - 1; i >= 0; i--) {
      const context = this.contexts[i]!;
      if (context.kind !== "finally") continue;
      context.returns = true;
      this.line(`${this.copier.reference(context.value)} = ${value ?? "undefined"};`);
      this.line(`${this.copier.reference(context.code)} = 2;`);
      this.goto(context.entry);
      return;
    }
    if (value !== null && this.handlerAt(this.contexts.length) !== null) value = this.store(value);
    this.leaveHandlers(0);
    this.end({ kind: "return", value });
  }

  /** The author's position, for the start of a line. */
  mark(node: ts.Node): string {
    return markOf(node);
  }
}

/** How other files name `fn`, which is called by `name` there. */
function foreignName(fn: AsyncFunction, name: ts.Expression): string {
  if (fn.number > 0) return `$known[${fn.number}]`;
  return ts.isMethodDeclaration(fn.node) ? `$m_${fn.id}` : authored(name.getText());
}

/** Where unreachable code goes. */
const nowhere = makeBlock();
