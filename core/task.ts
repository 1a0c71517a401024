import { DEV } from "./dev.js";
import { fail } from "./errors.js";
import { currentExecutor, type Executor } from "./executor.js";
import type { TaskId } from "./arena.js";
import { declaredSlots, kinds, type TaskKind } from "./kinds.js";
import type { Frame, Strand } from "./scheduler.js";

/** How a kind of task is stored. */
export interface TaskOptions {
  /** Tasks of this kind that can run at once; default 1. Each has its own frame. */
  readonly pool?: number;
  /**
   * Demands that the task may move between threads: that all it keeps while it waits are numbers, and that it uses
   * nothing of one thread (docs/language.md). The build fails where it cannot, with the reasons.
   */
  readonly shared?: boolean;
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
 * @throws E111 unless `pool` is a whole number of at least 1
 */
export function task<A extends readonly unknown[], R>(
  body: (...args: A) => PromiseLike<R>,
  options: TaskOptions = {},
): TaskKind<A, R> {
  const compiled = body as unknown as CompiledTask;
  const isCompiled = typeof body !== "function";
  const name = compiled.name === "" ? "task" : compiled.name;
  const pool = options.pool === undefined ? 1 : options.pool;
  if (!(pool >= 1) || pool % 1 !== 0) {
    fail("E111", name, DEV && "a pool of " + pool + " is not a whole number of at least 1");
  }
  const shared = isCompiled ? compiled.shared_ : undefined;
  const form = shared === undefined ? compiled : shared;
  const kind: TaskKind<A, R> = {
    name,
    pool,
    frame_: isCompiled ? form.frame_ : null,
    enter_: form.enter_,
    words_: shared === undefined ? 0 : shared.words_,
    call_: (args) => body(...(args as unknown as A)),
    waits_: isCompiled ? compiled.waits_ : [],
    firstSlot_: declaredSlots(),
  };
  kinds.push(kind);
  return kind;
}

/**
 * Starts a task: `spawn(blink, led)`. It runs from the executor's next turn on.
 *
 * Cost: O(pool) to find a slot.
 * @returns its id, for {@link cancel}
 * @throws E101 when all slots of the kind are in use, E202 when no executor runs
 */
export function spawn<A extends readonly unknown[], R>(kind: TaskKind<A, R>, ...args: A): TaskId {
  return executorFor(kind.name, "spawn").spawn(kind, args);
}

/**
 * Asks a task to end: its `finally` blocks run, and may await. A stale or ended task is left alone.
 *
 * @throws E202 when no executor runs
 */
export function cancel(id: TaskId): void {
  executorFor("task " + id, "cancel").cancel(id);
}

function executorFor(subject: string, name: string): Executor {
  const executor = currentExecutor();
  if (executor !== null) return executor;
  return fail("E202", subject, DEV && name + "() needs a running executor: call it in main() or a task");
}
