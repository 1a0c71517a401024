/**
 * What a program needs of an executor. A device build leaves out the rest, so what is not used costs no byte; the names
 * are those of core/features.ts, which says what each stands for.
 */
import ts from "typescript";
import type { AsyncFunction } from "./find/find-tasks.js";
import { STRAND, blocksOf, isGenerator, type Graph, type Terminator } from "./graph/ir.js";
import { runsOnce } from "./find/once.js";
import { needsBudget } from "./find/budget.js";
import { lifeOf } from "./find/own-uses.js";
import { throwsTextless } from "./find/thrown.js";
import type { Program } from "./program/program.js";
import { takesList, unwrapped } from "./syntax.js";

/** See core/features.ts. */
export interface Features {
  readonly races: boolean;
  readonly strands: boolean;
  readonly handlers: boolean;
  readonly cancels: boolean;
  readonly hows: boolean;
  readonly drops: boolean;
  readonly unlinks: boolean;
  readonly values: boolean;
  readonly atOnce: boolean;
  readonly jumps: boolean;
  readonly yields: boolean;
  readonly pauses: boolean;
  readonly pools: boolean;
  readonly many: boolean;
  readonly turns: boolean;
  readonly fails: boolean;
  readonly alone: boolean;
  readonly ends: boolean;
  readonly full: boolean;
  readonly spreads: boolean;
  readonly ids: boolean;
  readonly bonds: boolean;
  readonly groups: boolean;
  readonly restarts: boolean;
  readonly policies: boolean;
  readonly faults: boolean;
  readonly named: boolean;
  readonly holds: boolean;
  readonly observed: boolean;
  readonly deadlines: boolean;
  readonly reserves: boolean;
  readonly priorities: boolean;
  readonly budget: boolean;
  readonly timers: boolean;
  readonly anyDelay: boolean;
  readonly textless: boolean;
  readonly codes: boolean;
  readonly sizes: boolean;
  readonly showsClosed: boolean;
}

/** Ticks that every engine takes as one delay; targets/espruino/platform.ts has the same. */
const LONGEST_DELAY = 1e9;

/** Waits that may be over at once in one poll; core/op-states.ts has the same. */
const BUDGET_OF_A_POLL = 128;

/** Arguments that `spawn` of boards hands on one by one; core/board/task.ts has as many. */
const PLAIN_ARGUMENTS = 2;

/** Methods that make a future, for values whose type is not known. */
const MAKERS =
  /^(sleep|sleepUntil|tick|turn|settled|until|yieldNow|receive|send|wait|read|write|acquire|lock|changed|reserve|init|borrow|(rising|falling|any)Edge)$/;

/** What sets timers, for spans that are not known at build time, besides `sleep` and `timeout`. */
const TIMED = ["sleepUntil", "deadline", "Interval", "Throttle", "Debounce", "WallClock"];

/** What has a timer of its own, and takes it back. */
const ALARMED = ["Throttle", "Debounce", "WallClock"];

/** What takes operations out of the middle of a list, though none is given up. */
const MIDDLES = ["risingEdge", "fallingEdge", "anyEdge", "GreedySemaphore"];

/** Classes of ours whose first argument is a count; blocks have a size, too. */
const COUNTED =
  /^((Drop(New|Old)est|Priority)?Channel|(Greedy)?Semaphore|Barrier|Latch|Pipe|PubSub|(Object|Block)Pool|RingBuffer|ByteRing)$/;

/** `code` is what the back end wrote for the author's modules. */
export function featuresOf(
  program: Program,
  functions: readonly AsyncFunction[],
  graphs: readonly Graph[],
  code: string,
): Features {
  const ends = endsOf(graphs);
  const leaves = ends.flatMap((end) => (end.kind === "leaf" ? [end.suspends] : []));
  const uses = new Uses(program, functions);
  const races = graphs.some((graph) => graph.races.length > 0);
  const strands = hasStrands(graphs);
  const handlers = graphs.some((graph) => graph.hasHandlers);
  const life = lifeOf(program);
  const { bonds, holds, observed, starts } = life;
  const cancels = mayCancel(program, graphs);
  const budget = (races || leaves.includes("perhaps")) && (uses.hasLarge || needsBudget(program, functions));
  const instances = functions.reduce((sum, fn) => sum + fn.pool, 0);
  const drops = races || cancels || uses.strayFutures || uses.mentionsAny(ALARMED) || budget;
  const pauses = leaves.includes("pauses") || budget;
  const yields = pauses || leaves.includes("yields");
  const turns = handlers || strands || cancels || bonds || life.faults || observed;
  const many = instances !== 1 || drops || bonds || holds || observed || life.deadlines || life.handles;
  const atOnce = races || uses.strayFutures || leaves.includes("perhaps");
  const pools = functions.some((fn) => fn.pool > 1);
  const promises = /\$promised(In)?\b/.test(code);
  return {
    races,
    strands,
    handlers,
    cancels,
    hows: tellsHow(program, graphs),
    drops,
    unlinks: drops || uses.mentionsAny(MIDDLES),
    values: races || uses.strayFutures || /\$take\b/.test(code),
    atOnce,
    jumps: turns || races || graphs.some((graph) => graph.states.length > 1) || ends.some(isJump),
    yields,
    pauses,
    pools,
    many,
    turns,
    fails: strands || promises || bonds,
    alone: !many && !atOnce && !uses.mentions("Mutex"),
    ends: pools || strands || cancels || uses.mayFindFull || bonds || holds || starts,
    full: uses.mayFindFull || starts,
    spreads: uses.spreads || functions.some(({ pool, node }) => pool > 0 && takesList(node)),
    ids: cancels || uses.ids || bonds || holds || observed || starts || life.handles,
    ...life,
    budget,
    priorities: many && life.priorities,
    timers: uses.mentionsAny(["sleep", "timeout", "now", "backoff", "Watchdog", ...TIMED]),
    anyDelay: uses.anyDelay || uses.mentionsAny(["backoff", ...TIMED]),
    textless: throwsTextless(program),
    codes: uses.mentions("code"),
    sizes: uses.anySize || uses.mentions("attempts"),
    showsClosed: uses.mentions("receive") || uses.mentions("CLOSED"),
  };
}

/** Whether something of a program may be cancelled: a task, or a call that loses a race. */
function mayCancel(program: Program, graphs: readonly Graph[]): boolean {
  return hasStrands(graphs) || lifeOf(program).stops || program.authored.some(mentionsCancel);
}

/** Whether handlers ask how control came to them: those of generators may also be closed. */
export function tellsHow(program: Program, graphs: readonly Graph[]): boolean {
  return graphs.some(isGenerator) || mayCancel(program, graphs);
}

function hasStrands(graphs: readonly Graph[]): boolean {
  return graphs.some((graph) => graph.races.some((race) => race.kinds.includes(STRAND)));
}

function mentionsCancel(file: ts.SourceFile): boolean {
  const mentions = (node: ts.Node): boolean =>
    ((ts.isIdentifier(node) || ts.isStringLiteralLike(node)) && node.text === "cancel") ||
    ts.forEachChild(node, mentions) === true;
  return file.text.includes("cancel") && mentions(file);
}

/** What the author's files use of the library. */
class Uses {
  /** Futures that are not awaited where they are made, or may be such. */
  strayFutures = false;
  mayFindFull = false;
  /** Calls of `spawn` that hand on more than {@link PLAIN_ARGUMENTS}, or a list. */
  spreads = false;
  ids = false;
  anyDelay = false;
  anySize = false;
  /** Channels that hold more than a poll may take, or perhaps do. */
  hasLarge = false;
  private readonly words = new Set<string>();
  private readonly spawned = new Map<ts.Node, number>();

  constructor(
    private readonly program: Program,
    private readonly functions: readonly AsyncFunction[],
  ) {
    for (const file of program.authored) {
      if (!file.fileName.endsWith("ts")) this.strayFutures = true;
      this.visit(file);
    }
  }

  mentions(word: string): boolean {
    return this.words.has(word);
  }

  mentionsAny(words: readonly string[]): boolean {
    return words.some((word) => this.words.has(word));
  }

  private visit(node: ts.Node): void {
    if (ts.isIdentifier(node) || ts.isStringLiteralLike(node)) this.words.add(node.text);
    if (ts.isIdentifier(node) && !isCallee(node)) this.reference(node);
    if (ts.isCallExpression(node)) this.call(node);
    if (ts.isNewExpression(node)) this.creation(node);
    ts.forEachChild(node, (child) => {
      this.visit(child);
    });
  }

  /** A function of ours that is no callee may be called from anywhere. */
  private reference(node: ts.Identifier): void {
    if (ts.isImportSpecifier(node.parent)) return;
    const own = this.program.ownNameOf(node);
    if (own === "spawn") this.mayFindFull = this.spreads = this.ids = true;
    if (own === "sleep") this.anyDelay = true;
    if (own !== undefined && COUNTED.test(own) && !ts.isTypeReferenceNode(node.parent))
      this.anySize = this.hasLarge = true;
  }

  private creation(node: ts.NewExpression): void {
    const own = this.program.ownNameOf(node.expression) ?? "";
    if (!COUNTED.test(own)) return;
    for (let i = 0; i < (own === "BlockPool" ? 2 : 1); i++) {
      const count = node.arguments?.[i] && this.program.literalOf(node.arguments[i]!);
      if (count === undefined || count < 1 || count % 1 !== 0) this.anySize = true;
      if (!(count !== undefined && count < BUDGET_OF_A_POLL)) this.hasLarge = true;
    }
  }

  private call(node: ts.CallExpression): void {
    const own = this.program.ownNameOf(node.expression);
    if (own === "spawn") this.spawn(node);
    if (own === "sleep" && !this.isPlainDelay(node.arguments[0])) this.anyDelay = true;
    if (own === "timeout") this.anyDelay = true;
    if (own === "window" && !this.isPlainWindow(node)) this.anySize = true;
    if (!this.isAwaited(node) && this.makesFuture(node)) this.strayFutures = true;
  }

  private spawn(node: ts.CallExpression): void {
    if (!ts.isExpressionStatement(node.parent)) this.ids = true;
    if (node.arguments.length > 1 + PLAIN_ARGUMENTS || node.arguments.some(ts.isSpreadElement))
      this.spreads = true;
    const declaration = node.arguments[0] && this.program.symbolOf(node.arguments[0])?.valueDeclaration;
    const pool = declaration && this.poolOf(declaration);
    if (declaration === undefined || pool === undefined) {
      this.mayFindFull = true;
      return;
    }
    const count = (this.spawned.get(declaration) ?? 0) + 1;
    this.spawned.set(declaration, count);
    if (count > pool || !runsOnce(node, this.program)) this.mayFindFull = true;
  }

  /** The pool of the kind that `declaration` declares: `const kind = task(async function ...)`. */
  private poolOf(declaration: ts.Declaration): number | undefined {
    if (!ts.isVariableDeclaration(declaration) || declaration.initializer === undefined) return undefined;
    const call = unwrapped(declaration.initializer);
    if (!ts.isCallExpression(call) || this.program.ownNameOf(call.expression) !== "task") return undefined;
    const body = call.arguments[0] && unwrapped(call.arguments[0]);
    return this.functions.find((fn) => fn.node === body)?.pool;
  }

  /** Whether `delay` is `ms(n)` or `s(n)` with a number that every engine's timers take as it is. */
  private isPlainDelay(delay: ts.Expression | undefined): boolean {
    const call = delay && unwrapped(delay);
    if (call === undefined || !ts.isCallExpression(call) || call.arguments[0] === undefined) return false;
    const unit = this.program.ownNameOf(call.expression);
    const count = this.program.literalOf(call.arguments[0]);
    if (count === undefined || (unit !== "ms" && unit !== "s")) return false;
    const ticks = unit === "s" ? 1000 * count : count;
    return ticks >= 1 && ticks <= LONGEST_DELAY && ticks % 1 === 0;
  }

  /** Whether the sizes of a window are numbers that it can have. */
  private isPlainWindow({ arguments: [, size, step] }: ts.CallExpression): boolean {
    const [most, least] = [size, step ?? size].map((each) => each && this.program.literalOf(each));
    return (
      most !== undefined &&
      least !== undefined &&
      least >= 1 &&
      least <= most &&
      most % 1 === 0 &&
      least % 1 === 0
    );
  }

  private isAwaited(node: ts.CallExpression): boolean {
    let up = node.parent;
    while (ts.isExpression(up) && !ts.isAwaitExpression(up) && unwrapped(up) === node) up = up.parent;
    return ts.isAwaitExpression(up);
  }

  private makesFuture(node: ts.CallExpression): boolean {
    if (this.program.mayBeFuture(node)) return true;
    const callee = unwrapped(node.expression);
    const name = ts.isPropertyAccessExpression(callee) ? callee.name.text : "";
    return this.program.isAny(node) && MAKERS.test(name);
  }
}

function endsOf(graphs: readonly Graph[]): Terminator[] {
  return graphs.flatMap((graph) => graph.states.flatMap(blocksOf).map(({ end }) => end));
}

/** Whether a state that ends so may go on in another one at once; a task that ends does. */
function isJump(end: Terminator): boolean {
  if (end.kind === "leaf") return end.suspends === "perhaps";
  return end.kind !== "goto" && end.kind !== "if" && end.kind !== "end";
}

/** Whether `node` is what a call names: `f(...)` or `lib.f(...)`. */
function isCallee(node: ts.Identifier): boolean {
  const up = node.parent;
  const whole = ts.isPropertyAccessExpression(up) && up.name === node ? up : node;
  const user = whole.parent;
  return (ts.isCallExpression(user) || ts.isNewExpression(user)) && user.expression === whole;
}
