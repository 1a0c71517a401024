/**
 * The executor: polls ready tasks in batches, fires timers, and sleeps until the next deadline.
 *
 *   run(): fire due timers -> batch -> batch -> ... (a bounded number) -> pend() when more is ready,
 *                                                                         setAlarm(next deadline)
 */
import { Arena, type TaskId } from "./arena.js";
import { dynamicFrame } from "./dynamic.js";
import type { Op } from "./op.js";
import type { Platform } from "./platform.js";
import { RunQueue } from "./run-queue.js";
import * as scheduler from "./scheduler.js";
import * as state from "./state.js";
import { declaredSlots, kinds, type TaskKind } from "./kinds.js";
import { TimerQueue } from "./timer-queue.js";

/** What an executor is made with. */
export interface ExecutorOptions {
  /** Slots of the arena; default as many as the declared kinds want. */
  readonly tasks?: number;
  /** Told once about each task that ended by a throw. */
  readonly onFault?: (task: string, error: unknown, id: TaskId) => void;
  /** Called around each poll, for measurements. */
  readonly onPoll?: ((slot: number, begins: boolean) => void) | undefined;
}

/** Batches that one `run` polls before it lets the host in. */
const BATCHES = 16;

let current: Executor | null = null;

/** The executor whose code runs now, or that was entered last. */
export function currentExecutor(): Executor | null {
  return current;
}

export class Executor {
  readonly arena: Arena;
  readonly timers = new TimerQueue();
  private readonly queue_: RunQueue;
  private pended_ = false;
  private isRunning_ = false;

  constructor(
    private readonly platform_: Platform,
    private readonly options_: ExecutorOptions = {},
  ) {
    const slots = options_.tasks === undefined ? declaredSlots() : options_.tasks;
    this.arena = new Arena(this, slots);
    this.queue_ = new RunQueue(slots);
    for (const kind of kinds) this.arena.adopt(kind);
  }

  /** Runs `body` with this executor as the one that `spawn` uses. */
  enter<T>(body: () => T): T {
    const outer = current;
    current = this;
    try {
      return body();
    } finally {
      current = outer;
    }
  }

  /** Starts a task of `kind`. @throws E101 when all its slots are in use */
  spawn(kind: TaskKind<never, unknown>, args: readonly unknown[]): TaskId {
    // Before a slot is taken, since the call may throw.
    const uncompiled = kind.frame_ === null ? dynamicFrame(kind.call_(args), null) : null;
    const slot = this.arena.claim(kind);
    const frame = uncompiled === null ? this.arena.frameOf(slot)! : uncompiled;
    if (uncompiled === null) kind.enter_(frame, args);
    scheduler.startStrand(this.arena.strandOf(slot), frame);
    this.enqueue_(slot);
    return this.arena.idOf(slot);
  }

  /** Asks a task to end; does nothing when it has. */
  cancel(id: TaskId): void {
    const slot = this.arena.slotOf(id);
    if (slot >= 0) scheduler.cancelStrand(this.arena.strandOf(slot));
  }

  /** Makes the task in `slot` ready. */
  wake(slot: number): void {
    this.arena.wakes[slot] = this.arena.wakes[slot]! + 1;
    if (state.wake(this.arena.states, slot) === state.WOKEN) this.enqueue_(slot);
  }

  /** Files `op` to be completed after `delay` ticks. */
  startTimer(op: Op, delay: number): void {
    this.timers.start(op, this.platform_.now(), delay);
    if (!this.isRunning_) this.arm_();
  }

  /** What the platform calls after `pend` and at an alarm. */
  run(): void {
    this.pended_ = false;
    let more = true;
    try {
      for (let i = 0; i < BATCHES && more; i++) more = this.turn();
    } finally {
      if (more) this.pend_();
      else this.arm_();
    }
  }

  /** Fires due timers and polls one batch; whether more is ready. */
  turn(): boolean {
    const outer = current;
    current = this;
    this.isRunning_ = true;
    // Only what the host hung in can throw here (its clock, `onPoll`, `onFault`); the next turn goes on after it.
    try {
      this.timers.fire(this.platform_.now());
      if (this.queue_.left > 0 || this.queue_.takeBatch()) {
        for (let slot = this.queue_.next(); slot >= 0; slot = this.queue_.next()) this.measure_(slot);
      }
    } finally {
      this.isRunning_ = false;
      current = outer;
    }
    return this.queue_.length > 0;
  }

  private measure_(slot: number): void {
    const onPoll = this.options_.onPoll;
    if (onPoll === undefined) {
      this.poll_(slot);
      return;
    }
    try {
      onPoll(slot, true);
    } finally {
      // The slot has left the queue: whatever the host does, its task must be polled now.
      this.poll_(slot);
    }
    onPoll(slot, false);
  }

  private poll_(slot: number): void {
    const states = this.arena.states;
    state.beginPoll(states, slot);
    this.arena.polls[slot] = this.arena.polls[slot]! + 1;
    const strand = this.arena.strandOf(slot);
    scheduler.pollStrand(strand);
    if (strand.frame_ === null) this.end_(slot, strand);
    else if (state.suspend(states, slot)) this.queue_.add(slot);
  }

  private end_(slot: number, strand: scheduler.Strand): void {
    const how = strand.how_;
    const outcome = how === scheduler.RETURNED ? state.DONE : state.CANCELLED;
    state.finish(this.arena.states, slot, how === scheduler.THROWN ? state.FAULTED : outcome);
    if (how !== scheduler.THROWN) return;
    const onFault = this.options_.onFault;
    if (onFault !== undefined) onFault(this.arena.kindOf(slot).name, strand.value_, this.arena.idOf(slot));
  }

  private enqueue_(slot: number): void {
    this.queue_.add(slot);
    if (!this.isRunning_) this.pend_();
  }

  private pend_(): void {
    if (this.pended_) return;
    this.pended_ = true;
    this.platform_.pend();
  }

  private arm_(): void {
    if (!this.timers.isEmpty) this.platform_.setAlarm(this.timers.deadline);
  }
}
