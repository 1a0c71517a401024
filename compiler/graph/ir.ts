/**
 * The intermediate form: a control-flow graph whose blocks end at the points where a task can be suspended.
 *
 *   terminator | meaning                                             | next
 *   -----------+-----------------------------------------------------+---------------------------
 *   goto       |                                                     | `to`
 *   if         | `test` ? ... : ...                                  | `then` or `otherwise`
 *   leaf       | run `start`, suspend unless its operation is done   | `next`, on resume
 *   call       | run a compiled function in its static storage       | `next`, with the result
 *   resume     | as call, of a generator that was begun            | `next`, with an item or the end
 *   ask        | as resume, of a generator's `object`                | `next`, with an item or the end
 *   yield      | `value` to the loop of the caller                   | `next`, when that resumes it
 *   race       | run `start`, suspend until the group is settled     | `next`, which settles it
 *   pause      | give `value` to who runs a plain function           | `next`, with what comes back
 *   return     | `value` to the caller                               | -
 *   unwind     | go on with the completion `how`, `value`            | the innermost handler
 *   end        | the last line left (throw)                          | -
 *
 * Lines are JavaScript, with marks for the author's positions (text.ts) and for what lives in static storage (marks.ts),
 * which a back end names by its {@link Storage}. Handlers are set by lines too, `{ handler }`: a block, or null for
 * the caller's.
 */
import type ts from "typescript";
import type { AsyncFunction } from "../find/find-tasks.js";

export type Line = string | { readonly handler: Block | null };

/** Whether a leaf suspends: unless it is done at once, always, or only to let others run, and even the host. */
export type Suspends = "perhaps" | "always" | "yields" | "pauses";

export type Terminator =
  | { readonly kind: "goto"; readonly to: Block }
  | { readonly kind: "if"; readonly test: string; readonly then: Block; readonly otherwise: Block }
  | { readonly kind: "leaf"; readonly start: string; readonly suspends: Suspends; readonly next: Block }
  | { readonly kind: "call"; readonly callee: Callee; readonly args: readonly string[]; readonly next: Block }
  | { readonly kind: "resume"; readonly callee: Callee; readonly next: Block }
  | { readonly kind: "ask"; readonly object: string; readonly next: Block }
  | { readonly kind: "yield"; readonly value: string; readonly next: Block }
  | { readonly kind: "race"; readonly start: readonly RaceLine[]; readonly group: Race; readonly next: Block }
  | { readonly kind: "pause"; readonly how: Pause; readonly value: string; readonly next: Block }
  | { readonly kind: "return"; readonly value: string | null }
  | { readonly kind: "unwind"; readonly how: string; readonly value: string }
  | { readonly kind: "end" };

/** Why a plain function pauses: to await, to yield, or to let another iterator yield in its place. */
export type Pause = "await" | "yield" | "delegate";

/** One step of filling a race: plain code, the start of a strand, or some of these. */
export type RaceLine = string | StrandStart | RaceBranch;

export interface StrandStart {
  readonly race: number;
  readonly arm: number;
  readonly callee: Callee;
  readonly args: readonly string[];
}

export interface RaceBranch {
  readonly test: string;
  readonly then: readonly RaceLine[];
  readonly otherwise: readonly RaceLine[];
}

export interface Block {
  readonly lines: Line[];
  end: Terminator;
  /** What a task that is suspended at this block's start waits for, for people. */
  waitsFor: string;
  /** Where the author says so. */
  waitsAt: ts.Node | null;
  /** Number of the race that a task suspended here must settle first, or -1. */
  resumesRace: number;
  /** Set by {@link finishGraph}: reached from more than one place, or by a resume. */
  isState: boolean;
  /** Dense number of a state, in the order of emission. */
  id: number;
}

/** A compiled function that is called: which one, and how the caller's file names it. */
export interface Callee {
  readonly fn: AsyncFunction;
  /** The expression that gives the function in the caller's file, when it lives in another one. */
  readonly imported: string | null;
  /** Whether it runs as an arm of a select, on a strand of its own. A generator keeps its frame through a loop. */
  readonly isStrand: boolean;
  /** The free arm that it runs on, where others may run there too; null elsewhere. */
  readonly free: number | null;
  /** The free arm whose strand owns the race that it is an arm of; null where that is the strand of the function. */
  readonly owner: number | null;
  /** Number of the caller's storage for it. */
  readonly slot: number;
}

/** What makes the storage of a select, a timeout, and a race of one. */
export const PLAIN = "makeGroup";

/** What makes the storage of a race that remembers something when it is over: whose turn it is. */
export const FAIR = "makeFair";

/**
 * Whether all that `graph` waits for can be said by words: no arm is found when it runs, no race remembers its last, and no
 * generator is an object.
 */
export function isWorded({ freeArms, races, usesObjects }: Graph): boolean {
  return !usesObjects && freeArms.length === 0 && races.every(({ maker }) => maker !== FAIR);
}

/** The static storage of one select or the like, timeout, or await of a named future. */
export interface Race {
  readonly slot: number;
  /** What of the library makes it. */
  readonly maker: string;
  readonly names: readonly string[];
  /** {@link OWNED}, {@link BORROWED} or {@link STRAND}, by arm. */
  readonly kinds: readonly number[];
  /** The callees of strand arms, by arm. */
  readonly strands: readonly (Callee | null)[];
  /** The free arm whose strand owns it, where it is an arm itself; null where the strand of the function does. */
  readonly owner: number | null;
}

/** An arm with a strand, on which it is only found out at each race what runs. */
export interface FreeArm {
  readonly race: number;
  readonly arm: number;
}

/** A race that is an arm of another one, and what it gives to that. */
export interface NestedRace {
  readonly race: number;
  readonly isTimeout: boolean;
}

/** Where the strand `callee` is an arm: in one race, or in several of which one is on at a time. */
export function armsOf(graph: Graph, callee: Callee): { readonly race: Race; readonly arm: number }[] {
  return graph.races.flatMap((race) => {
    const arm = race.strands.indexOf(callee);
    return arm < 0 ? [] : [{ race, arm }];
  });
}

/** Whether `caller` awaits one that may await it: a level of `callee` may be in use. */
export function isMate(caller: Graph, callee: AsyncFunction): boolean {
  return callee.depth > 0 && callee.cycle !== null && callee.cycle === caller.fn.cycle;
}

/** Kinds of arms; core/flow/group.ts has the same numbers. */
export const OWNED = 0;
export const BORROWED = 1;
export const STRAND = 2;

/** What a slot is given: values of a name or an expression of the author, or something of the compiler's own. */
export type Given = ts.Node | "count" | "flag" | "completion" | "object";

const TEMPORARIES = { count: "$count", flag: "$flag", completion: "$outcome", object: "$value" } as const;

/** What a temporary is called unless its role is known. */
export function nameFor(given: Given): string {
  return typeof given === "string" ? TEMPORARIES[given] : TEMPORARIES.object;
}

/** A local of the author, or a temporary, that lives in the frame. */
export interface Slot {
  /** Its place among the slots of its function. */
  readonly id: number;
  readonly name: string;
  /** Whether closures hold it: then it is a fresh `{ v }` for each run of its scope. */
  readonly isBoxed: boolean;
  /** In the order of the lines; a temporary is used again for values of one {@link Column}. */
  readonly given: Given[];
}

/** All that a back end needs of one function. */
export interface Graph {
  readonly fn: AsyncFunction;
  readonly entry: Block;
  readonly states: readonly Block[];
  readonly slots: readonly Slot[];
  /** Slots of the parameters, in order. */
  readonly params: readonly Slot[];
  readonly callees: readonly Callee[];
  /** Generators that it makes objects of. */
  readonly made: readonly Callee[];
  /** Whether it makes objects of generators, or goes over such. */
  readonly usesObjects: boolean;
  readonly races: readonly Race[];
  readonly freeArms: readonly FreeArm[];
  readonly nested: readonly NestedRace[];
  /** Slots that hold futures with a name: an operation each. */
  readonly futures: readonly Slot[];
  readonly hasHandlers: boolean;
  /** Whether a long loop of it lets others run. */
  readonly pauses: boolean;
  /** Whether it gives no value. */
  readonly isVoid: boolean;
}

/** How a back end names what lives in static storage. */
export interface Storage {
  slot(slot: Slot): string;
  race(slot: number): string;
  /** The strand of a free arm. */
  arm(free: number): string;
  /** What the strand of a race that is an arm begins with. */
  nested(race: number): string;
  future(slot: Slot): string;
  /** What puts arguments into the frame of the generator with number `callee`: they follow, and a parenthesis. */
  begin(callee: number): string;
  /** What makes an object of the generator with number `made`: a list of arguments follows, and a parenthesis. */
  make(made: number): string;
  /** Statements that return `value` from the middle of copied code. */
  returnText(value: string | null): string;
}

export function makeBlock(): Block {
  return {
    lines: [],
    end: { kind: "end" },
    waitsFor: "",
    waitsAt: null,
    resumesRace: -1,
    isState: false,
    id: -1,
  };
}

/** What a frame is resumed after. */
export function isSuspension(end: Terminator): end is Extract<Terminator, { readonly next: Block }> {
  return "next" in end;
}

export function isGenerator({ fn }: Graph): boolean {
  return fn.node.asteriskToken !== undefined;
}

/** Which parameter takes all arguments that are left; -1 for none. Calls give it a list. */
export function restOf(graph: Graph): number {
  return graph.fn.node.parameters.some((each) => each.dotDotDotToken !== undefined)
    ? graph.params.length - 1
    : -1;
}

/** What a return gives; a generator tells the loop that goes over it that it is over. */
export function resultText(graph: Graph, value: string | null): string {
  if (!isGenerator(graph)) return value ?? "undefined";
  return value === null ? "$ENDED" : `$ended(${value})`;
}

/** Where control can go from `block`; resumes included. */
export function successors(block: Block): Block[] {
  const end = block.end;
  if (end.kind === "goto") return [end.to];
  if (end.kind === "if") return [end.then, end.otherwise];
  return isSuspension(end) ? [end.next] : [];
}

/** Skips empty blocks, finds the states, and numbers them in the order in which they are reached. */
export function finishGraph(start: Block): Block[] {
  const entry = past(start);
  const counts = new Map<Block, number>();
  const states: Block[] = [];
  const pending = [entry];
  const mark = (block: Block): void => {
    if (block.isState) return;
    block.isState = true;
    block.id = states.push(block) - 1;
  };
  mark(entry);
  for (let block = pending.pop(); block !== undefined; block = pending.pop()) {
    if (counts.has(block)) continue;
    counts.set(block, 0);
    shorten(block);
    for (const line of block.lines) if (typeof line !== "string" && line.handler) pending.push(line.handler);
    pending.push(...successors(block).reverse());
  }
  for (const block of counts.keys()) {
    for (const line of block.lines) if (typeof line !== "string" && line.handler) mark(line.handler);
    const isResume = isSuspension(block.end);
    for (const next of successors(block)) {
      const count = counts.get(next)! + 1;
      counts.set(next, count);
      if (isResume || count > 1) mark(next);
    }
  }
  return states;
}

/** Points the exits of `block` past blocks that only go on. */
function shorten(block: Block): void {
  const end = block.end;
  if (end.kind === "leaf" || end.kind === "call" || end.kind === "pause")
    block.end = { ...end, next: pastResume(end.next) };
  if (end.kind === "goto") block.end = { kind: "goto", to: past(end.to) };
  else if (end.kind === "if") block.end = { ...end, then: past(end.then), otherwise: past(end.otherwise) };
}

/** As {@link past}, unless what the task waits for would be forgotten. */
function pastResume(block: Block): Block {
  const to = past(block);
  if (to === block || (to.waitsFor !== "" && to.waitsFor !== block.waitsFor) || to.resumesRace >= 0)
    return block;
  to.waitsFor = block.waitsFor;
  to.waitsAt = block.waitsAt;
  return to;
}

function past(block: Block): Block {
  const seen = new Set<Block>();
  while (block.lines.length === 0 && block.end.kind === "goto" && !seen.has(block)) {
    seen.add(block);
    block = block.end.to;
  }
  return block;
}

/** `state` and the blocks that only it leads to without a suspension: what one piece of generated code holds. */
export function blocksOf(state: Block): Block[] {
  const blocks = [state];
  for (const block of blocks) {
    const isOpen = block.end.kind === "goto" || block.end.kind === "if";
    if (isOpen) blocks.push(...successors(block).filter((next) => !next.isState));
  }
  return blocks;
}

/** Whether a task that is suspended in `state` may resume at its start, as in most loops. */
export function suspendsToItself(state: Block): boolean {
  return blocksOf(state).some(
    ({ end }) => (end.kind === "leaf" || end.kind === "race") && end.next === state,
  );
}
