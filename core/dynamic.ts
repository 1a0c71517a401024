/**
 * Uncompiled tasks: async functions lowered by TypeScript to generators, driven on the same executor. It allocates
 * at each wait, and exists as the oracle: what the compiler emits must give the same trace.
 *
 * TypeScript's `__awaiter` helper is bound to {@link awaiter}: a call of an async function gives a {@link Call},
 * which does nothing until it is consumed: by `await` (its frame is pushed on the strand), or as an arm (a strand
 * of its own). Only the names `awaiter`, `disposeResources`, `inPlace` are for build tools.
 */
import { BORROWED, Group, OWNED, STRAND } from "./flow/group.js";
import { suppressing } from "./flow/dispose.js";
import { DONE, fetch, makeOp, type Op } from "./op.js";
import type { TaskKind } from "./kinds.js";
import { isReturned } from "./dynamic-marks.js";
import { tooDeep, type Levels } from "./recursion.js";
import { failPlain, isThenable, plainly } from "./dynamic-promises.js";
import { promised } from "./promised.js";
import * as scheduler from "./scheduler.js";
import { GO_ON, SUSPENDED, type Frame, type Strand } from "./scheduler.js";
import { YIELD } from "./time/sleep.js";

/** A generator; ES5's library does not know the word. */
export interface Body {
  next(value?: unknown): Step;
  throw(error: unknown): Step;
  return(value: unknown): Step;
}

export interface Step {
  readonly done?: boolean;
  readonly value: unknown;
}

/** A call of an uncompiled async function that has not begun. */
export interface Call {
  readonly body_: () => Body;
  /** Whoever does not know it takes it for a promise: it runs outside of the task then. */
  readonly then?: (done: (value: unknown) => unknown, failed: (error: unknown) => unknown) => unknown;
  /** Of a call of a function that may await itself. */
  readonly levels_?: Levels;
}

export interface Composite {
  readonly group_: Group;
  readonly pick_: (group: Group) => unknown;
}

interface DynamicFrame extends Frame {
  body_: Body;
  started_: boolean;
  /** Whether what it is suspended on is what it returns. */
  returns_: boolean;
  /** What it is suspended on. */
  awaits_: Op | Composite | null;
  readonly levels_: Levels | undefined;
  /** Who called it, also where that is over: what returns a call counts as a level. */
  readonly caller_: Frame | null;
}

/** A future that is written as a call in an arm, and so belongs to it. */
interface InPlace {
  readonly future_: unknown;
}

/** TypeScript's `__awaiter`: makes the lazy call. Outside of tasks it is none, but runs, and gives a promise. */
export function awaiter(self: unknown, args: unknown, _promise: unknown, generator: () => Body): unknown {
  // TypeScript passes the arguments on only where the generator has parameters: where the author's have defaults.
  return called(() => generator.apply(self, (args || []) as []));
}

/** What a call of `body` gives: outside of tasks a promise. */
export function called(body: () => Body): unknown {
  return scheduler.running === null && !isSpawning ? plainly(body) : callTo(body);
}

function callTo(body: () => Body): Call {
  return { body_: body, then: (done, failed) => plainly(body).then(done, failed) };
}

let isSpawning = false;

/** The call that a task of `kind` is. */
export function callOf(kind: TaskKind<never, unknown>, args: readonly unknown[]): unknown {
  isSpawning = true;
  try {
    const call: unknown = kind.call_(args);
    return isCall(call) ? call : failPlain(kind.name, call);
  } finally {
    isSpawning = false;
  }
}

/** One scope with `using`, as TypeScript lowers it. */
interface Resources {
  readonly stack: { readonly value?: unknown; readonly dispose?: () => unknown; readonly async: boolean }[];
  error: unknown;
  hasError: boolean;
}

/** TypeScript's `__disposeResources`: the resources of a scope go in reverse order, those that may wait in a call. */
export function disposeResources(scope: Resources): Call | undefined {
  const mayWait = scope.stack.some((each) => each.async);
  if (mayWait) return callTo(() => disposing(scope));
  while (scope.stack.length > 0) disposeOne(scope);
  if (scope.hasError) throw scope.error;
  return undefined;
}

function disposing(scope: Resources): Body {
  const goOn = (): Step => {
    while (scope.stack.length > 0) {
      const value = disposeOne(scope);
      if (isWaitable(value)) return { done: false, value };
    }
    if (!scope.hasError) return { done: true, value: isCancelled ? CANCELLED : undefined };
    throw scope.error;
  };
  let isCancelled = false;
  return {
    next: goOn,
    throw: (error) => {
      fail(scope, error);
      return goOn();
    },
    return: () => {
      isCancelled = true;
      return goOn();
    },
  };
}

/** What the disposal of the latest resource gave. */
function disposeOne(scope: Resources): unknown {
  const resource = scope.stack.pop()!;
  try {
    return resource.dispose && resource.dispose.call(resource.value);
  } catch (error) {
    fail(scope, error);
    return undefined;
  }
}

function fail(scope: Resources, error: unknown): void {
  scope.error = suppressing(scope.hasError ? 1 : 0, scope.error, error);
  scope.hasError = true;
}

/** Marks `future` as made in the arm where it stands. */
export function inPlace(future_: unknown): InPlace {
  return { future_ };
}

/** A select over `arms`, or what else `Kind` is, made at the call. */
export function composite(arms: object, pick_: (group: Group) => unknown, Kind = Group): unknown {
  const owner = scheduler.running!;
  const names = Object.keys(arms);
  const kinds: number[] = [];
  const ops: Op[] = [];
  for (const name of names) {
    const arm = (arms as Record<string, unknown>)[name];
    const future = isInPlace(arm) ? arm.future_ : arm;
    const isPromise = isThenable(future) && !isCall(future) && !isFuture(future);
    const isOwn = isInPlace(arm) || isPromise;
    kinds.push(isCall(future) || isComposite(future) ? STRAND : isOwn ? OWNED : BORROWED);
    if (isPromise) ops.push(promised(future) as unknown as Op);
    else if (isComposite(future)) ops.push(nestedOp(owner, future));
    else ops.push(isCall(future) ? strandOp(owner, future) : (future as Op));
  }
  return { group_: new Kind(owner, names, kinds, ops), pick_ };
}

/** Makes the outermost frame of an uncompiled task. */
export function dynamicFrame(call: unknown, up: Frame | null, caller: Frame | null = up): Frame {
  const frame: DynamicFrame = {
    poll_: pollBody,
    up_: up,
    pc_: 0,
    handler_: 1,
    body_: (call as Call).body_(),
    started_: false,
    returns_: false,
    awaits_: null,
    levels_: (call as Call).levels_,
    caller_: caller,
  };
  return frame;
}

/** Whether `value` is what an uncompiled async function gives when it is called. */
export function isCall(value: unknown): value is Call {
  return typeof value === "object" && value !== null && "body_" in value;
}

/** Whether uncompiled code waits for `value`, or has it at once. */
export function isWaitable(value: unknown): boolean {
  return isCall(value) || isFuture(value) || isThenable(value);
}

function isFuture(value: unknown): value is Op | Composite {
  return typeof value === "object" && value !== null && ("done_" in value || "pick_" in value);
}

function isComposite(value: unknown): value is Composite {
  return typeof value === "object" && value !== null && "pick_" in value;
}

function isInPlace(value: unknown): value is InPlace {
  return typeof value === "object" && value !== null && "future_" in value;
}

function strandOp(owner: Strand, call: Call): Op {
  const exit = makeOp(owner);
  const strand = scheduler.makeStrand(owner.executor_, owner.slot_, owner);
  strand.dynamic_ = true;
  strand.exit_ = exit;
  scheduler.startStrand(strand, dynamicFrame(call, null));
  exit.source_ = strand;
  return exit;
}

/** A select that is an arm runs on a strand of its own, as what a call returns would. */
function nestedOp(owner: Strand, future: Composite): Op {
  const fail = (error: unknown): never => {
    throw error;
  };
  const body: Body = {
    next: () => ({ done: true, value: future }),
    throw: fail,
    return: (value) => ({ done: true, value }),
  };
  const exit = strandOp(owner, { body_: () => body });
  const strand = exit.source_ as Strand;
  strand.waitsIn_ = future.group_;
  move(future.group_, strand);
  return exit;
}

/** Makes `owner` the one that waits for the arms of `group`. */
function move(group: Group, owner: Strand): void {
  group.owner_ = owner;
  group.arms_.forEach((op, i) => {
    if (group.kinds_[i] !== BORROWED) op.strand_ = owner;
    if (group.kinds_[i] === STRAND) (op.source_ as Strand).parent_ = owner;
  });
}

function pollBody(frame: Frame, strand: Strand): number {
  const own = frame as DynamicFrame;
  own.pc_ = 0;
  const awaits = own.awaits_;
  if (awaits !== null && strand.how_ === scheduler.RETURNED && !isSettled(awaits)) return SUSPENDED;
  own.awaits_ = null;
  strand.waitsIn_ = null;
  try {
    return advance(own, strand, awaits);
  } catch (error) {
    strand.frame_ = own.up_;
    throw error;
  }
}

/** Resumes the generator with what arrived, until it suspends, calls or ends. */
function advance(frame: DynamicFrame, strand: Strand, awaited: Op | Composite | null): number {
  if (frame.returns_) return leaveResumed(frame, strand, awaited!);
  let step = resume(frame, strand, awaited);
  for (;;) {
    const value = isReturned(step.value) ? step.value.returned_ : step.value;
    const isReturn = step.done === true;
    if (isReturn && !isWaitable(value)) return leave(frame, strand, value);
    if (isCall(value)) {
      try {
        requireLevel(value, frame);
        // A returned call takes the place of this frame.
        strand.frame_ = dynamicFrame(value, isReturn ? frame.up_ : frame, frame);
        return GO_ON;
      } catch (error) {
        // There is no level left, or a default of a parameter throws.
        step = frame.body_.throw(error);
        continue;
      }
    }
    if (isReturned(step.value) && !isWaitable(value)) {
      step = frame.body_.next(value);
      continue;
    }
    // What an optional call gives where there is no object.
    if (!isReturn && (value === undefined || value === null)) {
      step = frame.body_.next(value);
      continue;
    }
    const future = isFuture(value) ? value : (promised(value) as unknown as Op);
    frame.returns_ = isReturn;
    if (!startWait(future, strand)) {
      frame.awaits_ = future;
      return SUSPENDED;
    }
    if (isReturn) return leave(frame, strand, valueOf(future));
    step = given(frame.body_, future);
  }
}

function resume(frame: DynamicFrame, strand: Strand, awaited: Op | Composite | null): Step {
  const how = strand.how_;
  const value = strand.value_;
  strand.how_ = scheduler.RETURNED;
  if (how === scheduler.CANCEL) {
    return frame.body_.return(CANCELLED);
  }
  if (how === scheduler.THROWN) return frame.body_.throw(value);
  const first = !frame.started_;
  frame.started_ = true;
  if (first) return frame.body_.next();
  return awaited === null ? frame.body_.next(value) : given(frame.body_, awaited);
}

/** Goes on with what `future` gave: its value, or what it throws, which the body may catch. */
function given(body: Body, future: Op | Composite): Step {
  let value: unknown;
  try {
    value = valueOf(future);
  } catch (error) {
    return body.throw(error);
  }
  return body.next(value);
}

/** The body is over; only the future that it returned was left. */
function leaveResumed(frame: DynamicFrame, strand: Strand, awaited: Op | Composite): number {
  if (strand.how_ === scheduler.RETURNED) return leave(frame, strand, valueOf(awaited));
  strand.frame_ = frame.up_;
  return scheduler.unwind(strand, strand.how_, strand.value_);
}

/** @throws DormouseError E115 where `caller` has no level left for `call` */
function requireLevel(call: Call, caller: Frame | null): void {
  const levels = call.levels_;
  if (levels === undefined) return;
  let count = 1;
  for (let each = caller; each !== null; each = (each as DynamicFrame).caller_) {
    if ((each as DynamicFrame).levels_ === levels) count++;
  }
  if (count > levels.depth_) tooDeep(levels);
}

const CANCELLED = {};

/** The generator ended: back to the caller, or on with a cancel that ran its `finally` blocks. */
function leave(frame: DynamicFrame, strand: Strand, value: unknown): number {
  strand.frame_ = frame.up_;
  if (value === CANCELLED) return scheduler.unwind(strand, scheduler.CANCEL, undefined);
  strand.value_ = value;
  return GO_ON;
}

function startWait(future: Op | Composite, strand: Strand): boolean {
  if ("pick_" in future) return future.group_.begin_();
  const op = future;
  const isDone = op.state_ >= DONE && op.source_ !== YIELD;
  if (isDone && !scheduler.isSpent(strand)) return true;
  op.strand_ = strand;
  op.done_ = scheduler.notify;
  if (isDone || op.source_ === YIELD) scheduler.wakeStrand(strand);
  if (op.source_ !== YIELD) strand.waitsIn_ = new Group(strand, [""], [OWNED], [op]);
  return false;
}

function isSettled(future: Op | Composite): boolean {
  if ("pick_" in future) return future.group_.settle_();
  return future.state_ >= DONE;
}

function valueOf(future: Op | Composite): unknown {
  return "pick_" in future ? future.pick_(future.group_) : fetch(future);
}
