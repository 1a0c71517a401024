import { Executor, type ExecutorOptions } from "./executor.js";
import type { TaskKind } from "./kinds.js";
import type { Task } from "./arena.js";
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

/** An {@link Executor} that tells {@link TaskHooks}. One without pays nothing for them: it is another class. */
export class ObservedExecutor extends Executor {
  constructor(
    platform: Platform,
    private readonly hooks_: TaskHooks,
    options?: ExecutorOptions,
  ) {
    super(platform, options);
  }

  override start_<A extends readonly unknown[], R>(slot: number, kind: TaskKind<A, R>, args: A): Task<R, A> {
    if (this.hooks_.taskNew !== undefined) this.hooks_.taskNew(slot);
    return super.start_(slot, kind, args);
  }

  override poll_(slot: number): boolean {
    const hooks = this.hooks_;
    if (hooks.execBegin !== undefined) hooks.execBegin(slot);
    const isReady = super.poll_(slot);
    if (hooks.execEnd !== undefined) hooks.execEnd(slot, isReady);
    return isReady;
  }

  override run(): void {
    super.run();
    this.tellIdle_();
  }

  override turn(): boolean {
    const isMore = super.turn();
    this.tellIdle_();
    return isMore;
  }

  protected override enqueue_(slot: number): void {
    const before = this.queued;
    super.enqueue_(slot);
    const hooks = this.hooks_;
    if (hooks.taskReady !== undefined && this.queued > before) hooks.taskReady(slot, this.queued);
  }

  protected override release_(slot: number): void {
    super.release_(slot);
    if (this.hooks_.taskEnd !== undefined) this.hooks_.taskEnd(slot);
  }

  private tellIdle_(): void {
    if (this.queued === 0 && this.hooks_.executorIdle !== undefined) this.hooks_.executorIdle();
  }
}
