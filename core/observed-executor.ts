import { Executor, type ExecutorOptions } from "./executor.js";
import type { Platform } from "./platform.js";

/**
 * What happens to tasks, told as it happens. A slot is a task's place in the arena: `snapshot()` and {@link Meter} name it.
 *
 *   taskNew -> ready -> execBegin -> execEnd -> ready -> execBegin -> taskEnd -> execEnd        idle: nothing is ready
 *
 * Hooks run between polls or inside of wakes: they must be short, and must not spawn, wake or cancel.
 */
export interface TaskHooks {
  /** A task was spawned. */
  taskNew?(slot: number): void;
  /** A task is ready, and was not. One that yields stays so. `queued` are ready now, this one among them. */
  taskReady?(slot: number, queued: number): void;
  /** A poll begins, and ends; at its end the task `isReady` again, or waits, or is over. */
  execBegin?(slot: number): void;
  /** A poll ended; `isReady` when the task is to be polled again. */
  execEnd?(slot: number, isReady: boolean): void;
  /** A task is over. */
  taskEnd?(slot: number): void;
  /** Nothing is ready: the executor waits for timers and interrupts. */
  executorIdle?(): void;
}

/** An {@link Executor} that tells {@link TaskHooks} from the start. */
export class ObservedExecutor extends Executor {
  constructor(platform: Platform, hooks: TaskHooks, options?: ExecutorOptions) {
    super(platform, options);
    attach(this, hooks);
  }
}

/** The parts of an executor where something happens. */
interface Watched {
  hooks_?: TaskHooks;
  start_: (slot: number, kind: never, args: never) => unknown;
  poll_: (slot: number) => boolean;
  run: () => void;
  turn: () => boolean;
  enqueue_: (slot: number) => void;
  release_: (slot: number) => void;
  enter(body: () => void): void;
  readonly queued: number;
}

/**
 * Makes `executor` tell `hooks`, and no others. One that never did pays nothing for them: these are functions of its own, in
 * the place of those of its class.
 */
export function attach(executor: Executor, hooks: TaskHooks): void {
  const own = executor as unknown as Watched;
  const isWatched = own.hooks_ !== undefined;
  own.hooks_ = hooks;
  if (!isWatched) watch(own as Required<Watched>);
}

function watch(own: Required<Watched>): void {
  watchTasks(own);
  const { run, turn } = own;
  const tellIdle = (): void => {
    if (own.queued === 0 && own.hooks_.executorIdle !== undefined) own.hooks_.executorIdle();
  };
  own.run = () => {
    run.call(own);
    own.enter(tellIdle);
  };
  own.turn = () => {
    const isMore = turn.call(own);
    own.enter(tellIdle);
    return isMore;
  };
}

function watchTasks(own: Required<Watched>): void {
  const { start_: start, poll_: poll, enqueue_: enqueue, release_: release } = own;
  own.start_ = (slot, kind, args) => {
    if (own.hooks_.taskNew !== undefined) own.hooks_.taskNew(slot);
    return start.call(own, slot, kind, args);
  };
  own.poll_ = (slot) => {
    if (own.hooks_.execBegin !== undefined) own.hooks_.execBegin(slot);
    const isReady = poll.call(own, slot);
    if (own.hooks_.execEnd !== undefined) own.hooks_.execEnd(slot, isReady);
    return isReady;
  };
  // An interrupt wakes from outside of the executor; hooks ask it for the time. Made once, as hooks allocate nothing.
  let woken = 0;
  const tellReady = (): void => {
    own.hooks_.taskReady!(woken, own.queued);
  };
  own.enqueue_ = (slot) => {
    const before = own.queued;
    enqueue.call(own, slot);
    if (own.hooks_.taskReady === undefined || own.queued <= before) return;
    woken = slot;
    own.enter(tellReady);
  };
  own.release_ = (slot) => {
    release.call(own, slot);
    if (own.hooks_.taskEnd !== undefined) own.hooks_.taskEnd(slot);
  };
}
