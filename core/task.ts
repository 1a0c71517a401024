import { DEV } from "./dev.js";
import { fail } from "./errors.js";
import { currentExecutor, type Executor } from "./executor.js";
import type { Task, TaskId } from "./arena.js";
import { declaredSlots, kinds, type TaskKind } from "./kinds.js";
import { HIGHEST } from "./policies/policy.js";
import type { Frame, Strand } from "./scheduler.js";
import type { FaultPolicy } from "./tasks/ends.js";
import type { FaultLog } from "./tasks/fault-log.js";
import { ownTask } from "./tasks/port.js";
import type { Ticks } from "./types.js";

/** How a kind of task is stored. */
export interface TaskOptions {
  /** Tasks of this kind that can run at once; default 1. Each has its own frame. */
  readonly pool?: number;
  /**
   * How urgent it is, from 0, the default, to 7: of the ready tasks the most urgent has the next turn. Others are not
   * forgotten: after 32 turns of more urgent tasks each level has one.
   */
  readonly priority?: number;
  /** How often a task of the kind has a turn at least, which a {@link Watchdog} looks after. */
  readonly deadline?: Ticks;
  /**
   * Demands that the task may move between threads: that all it keeps while it waits are numbers, and that it uses
   * nothing of one thread (docs/language.md). The build fails where it cannot, with the reasons.
   */
  readonly shared?: boolean;
  /** The name of its tasks, in the place of that of the function. */
  readonly name?: string;
  /** Whether its tasks keep their arguments, so that `restart(task)` can begin them again; default false. */
  readonly restartable?: boolean;
  /**
   * What becomes of a task that throws: `"log"`, the default, ends it; `"halt"` stops all tasks for good, and with them
   * what feeds a watchdog; `{ restarts: 3, backoff: ms(100) }` begins it again, so many times in a row.
   */
  readonly onFault?: FaultPolicy;
}

/** What the compiler puts in place of the function of a task. */
export interface CompiledTask {
  readonly name: string;
  readonly frame_: (strand: Strand, up: Frame | null) => Frame;
  readonly enter_: (frame: Frame, args: readonly unknown[]) => void;
  readonly waits_: readonly string[];
  /** Its other form, with frames in shared memory (shared/region.ts); tasks have that one where there is one. */
  readonly shared_?: SharedForm;
}

/** See {@link CompiledTask}. */
interface SharedForm {
  readonly frame_: (strand: Strand, up: Frame | null) => Frame;
  readonly enter_: (frame: Frame, args: readonly unknown[]) => void;
  /** Words of a region. */
  readonly words_: number;
}

/**
 * Declares a kind of task from an async function: `const blink = task(async function blink(led: OutputPin) {...})`.
 *
 * Call it at the top level of a module. The compiler turns the function, and the async functions it awaits, into
 * state machines with static frames.
 * @throws E111 unless `pool` is a whole number of at least 1, E116 unless `priority` is one from 0 to 7, E117 unless `deadline` is a
 * span of time
 */
export function task<A extends readonly unknown[], R>(
  body: (...args: A) => PromiseLike<R>,
  options: TaskOptions = {},
): TaskKind<A, R> {
  const compiled = body as unknown as CompiledTask;
  const isCompiled = typeof body !== "function";
  const own = compiled.name === "" ? "task" : compiled.name;
  const name = options.name === undefined ? own : options.name;
  const policy = options.onFault === undefined ? "log" : options.onFault;
  const pool = options.pool === undefined ? 1 : options.pool;
  if (!(pool >= 1) || pool % 1 !== 0) {
    fail("E111", name, DEV && "a pool of " + pool + " is not a whole number of at least 1");
  }
  const priority = options.priority === undefined ? 0 : options.priority;
  if (!(priority >= 0 && priority <= HIGHEST) || priority % 1 !== 0) {
    const not = " is not a whole number from 0 to " + HIGHEST;
    fail("E116", name, DEV && "a priority of " + priority + not);
  }
  const deadline = options.deadline === undefined ? 0 : options.deadline;
  if (!(deadline >= 0)) fail("E117", name, DEV && "a deadline of " + deadline + " ms is no span of time");
  const shared = isCompiled ? compiled.shared_ : undefined;
  const form = shared === undefined ? compiled : shared;
  const kind: TaskKind<A, R> = {
    name,
    pool,
    priority,
    deadline,
    frame_: isCompiled ? form.frame_ : null,
    enter_: form.enter_,
    words_: shared === undefined ? 0 : shared.words_,
    call_: (args) => body(...(args as unknown as A)),
    waits_: isCompiled ? compiled.waits_ : [],
    keepsArguments_: options.restartable === true || typeof policy === "object",
    onFault_: policy,
    firstSlot_: declaredSlots(),
  };
  kinds.push(kind);
  return kind;
}

/**
 * Starts a task: `spawn(blink, led)`. It runs from the executor's next turn on.
 *
 * Cost: O(1); allocates nothing but the list of its arguments.
 * @returns its handle, for `join`, {@link cancel} and the like
 * @throws E101 when all slots of the kind are in use, E202 when no executor runs
 */
export function spawn<A extends readonly unknown[], R>(kind: TaskKind<A, R>, ...args: A): Task<R, A> {
  return executorFor(kind.name, "spawn").spawn(kind, args);
}

declare const busy: unique symbol;

/** What {@link trySpawn} gives when all slots of the kind are in use. */
export const BUSY: typeof busy = { toString: () => "BUSY" } as unknown as typeof busy;

/**
 * Starts a task as {@link spawn} does, where it is no mistake that all slots are in use: it gives {@link BUSY} then.
 *
 * @throws E202 when no executor runs
 */
export function trySpawn<A extends readonly unknown[], R>(
  kind: TaskKind<A, R>,
  ...args: A
): Task<R, A> | typeof BUSY {
  const task = executorFor(kind.name, "trySpawn").trySpawn_(kind, args);
  return task === null ? BUSY : task;
}

/**
 * Asks a task to end: its `finally` blocks run, and may await. A stale or ended task is left alone; a paused one goes on.
 *
 * `stop` waits until it has ended, too.
 * @throws E202 when no executor runs
 */
export function cancel(id: TaskId): void {
  executorFor(id, "cancel").cancel(id);
}

/**
 * Gives a task no turn until {@link resume}: what it waits for may happen meanwhile, and is there when it goes on. A task
 * that pauses itself runs on to its next wait. One that is cancelled, stale or over is left alone.
 *
 * @throws E202 when no executor runs
 */
export function pause(id: TaskId): void {
  executorFor(id, "pause").pause(id);
}

/** Lets a task that was paused go on; any other is left alone. @throws E202 when no executor runs */
export function resume(id: TaskId): void {
  executorFor(id, "resume").resume(id);
}

/** The handle of the task that runs. @throws E201 outside a task */
export function currentTask(): Task {
  const strand = ownTask();
  if (strand === null)
    fail("E201", "currentTask", DEV && "outside a task there is none. Call it in a task()");
  return strand.id_ as Task;
}

/** The name of the task's kind, also when it is stale. @throws E202 when no executor runs */
export function nameOf(id: TaskId): string {
  const { arena } = executorFor(id, "nameOf");
  return arena.kindOf(arena.placeOf(id)).name;
}

/** @internal The strand of a task; null when a later one has its slot. @throws E202 when no executor runs */
export function strandOf(id: TaskId): Strand | null {
  return executorFor(id, "join").strandOf_(id);
}

/** @internal Takes a slot, to be given to {@link startClaimed} or {@link giveBack}. @throws E101 when there is none, E452 */
export function claimStrand<A extends readonly unknown[], R>(kind: TaskKind<A, R>): Strand {
  const executor = executorFor(kind.name, "reserve");
  executor.checkOwn_(kind, "reserve");
  return executor.arena.strandOf(executor.arena.claim(kind));
}

/** @internal Starts a task in a slot that was taken. */
export function startClaimed<A extends readonly unknown[], R>(
  strand: Strand,
  kind: TaskKind<A, R>,
  args: A,
): Task<R, A> {
  return strand.executor_.start_(strand.slot_, kind, args);
}

/** @internal Gives back a slot that was taken. */
export function giveBack(strand: Strand): void {
  strand.executor_.giveBack_(strand.slot_);
}

/** @internal The faults of the executor that runs. @throws E202 when none does */
export function faultLog(): FaultLog {
  return executorFor("faults", "lastFault").faults_;
}

/** The executor that runs. @throws E202 when none does */
export function executorFor(subject: string | TaskId, name: string): Executor {
  const executor = currentExecutor();
  if (executor !== null) return executor;
  // Put together here alone: a text is an allocation.
  const text = typeof subject === "string" ? subject : "task " + subject;
  return fail("E202", text, DEV && name + "() needs a running executor: call it in main() or a task");
}
