/**
 * The executor: polls ready tasks in passes, fires timers, and sleeps until the next deadline.
 *
 *   run(): fire due timers -> pass -> pass -> ... (a bounded number) -> pend() when more is ready,
 *                                                                         setAlarm(next deadline)
 */
import { Arena, type Task, type TaskId } from "./arena.js";
import { tellAwaiters } from "./awaited-by.js";
import { DEV } from "./dev.js";
import { callOf, dynamicFrame } from "./dynamic.js";
import { PENDING, type Op } from "./op.js";
import type { Platform } from "./platform.js";
import type { Instant } from "./types.js";
import { makeMeasured } from "./policies/measured.js";
import { makePasses } from "./policies/passes.js";
import type { MakePolicy, Policy, Poller } from "./policies/policy.js";
import { makePriorities } from "./policies/priorities.js";
import * as scheduler from "./scheduler.js";
import type { Frame } from "./scheduler.js";
import type { SharedMemory } from "./shared/memory.js";
import * as state from "./state.js";
import { bondOf, renew, tellEnd, type Bond } from "./tasks/bonds.js";
import { goesOn } from "./tasks/ends.js";
import { FaultLog } from "./tasks/fault-log.js";
import { declaredSlots, kinds, type TaskKind } from "./kinds.js";
import { TimerWheel } from "./timer-wheel.js";

/** What an executor is made with. */
export interface ExecutorOptions {
  /** Slots of the arena; default as many as the declared kinds want. */
  readonly tasks?: number;
  /** Whose turn it is; default `priorities` when a kind has one, else `passes`. */
  readonly policy?: MakePolicy;
  /** Told once about each task that ended by a throw. */
  readonly onFault?: (task: string, error: unknown, id: TaskId) => void;
  /** Where shared tasks live; made when one is declared, unless it is that of another thread. */
  readonly memory?: SharedMemory;
  /** Called around each poll, for measurements. */
  readonly onPoll?: ((slot: number, begins: boolean) => void) | undefined;
  /** @internal Ticks of a run after which the pause of a long loop ends it: 0 on boards, which look at no clock. */
  readonly patience?: number;
}

/**
 * Polls of one `run` before it lets the host in, whose turn costs as much as a hundred polls; it does so earlier when
 * {@link SLICE} is over. A pass is always polled to its end.
 */
const POLLS = 16384;

/** Ticks that a run takes before it lets the host in. */
const SLICE = 2;

/** Polls after which a run looks at the clock again, for its slice and for timers that are due meanwhile. */
const POLLS_A_CLOCK = 256;

/** What an executor is at: nothing, until it is woken; about to be run, as it has asked for; at its passes. */
const IDLE = 0;
const PENDED = 1;
const RUNNING = 2;

let current: Executor | null = null;

/** The executor whose code runs now, or that was entered last. */
export function currentExecutor(): Executor | null {
  return current;
}

function policyOf({ policy }: ExecutorOptions): MakePolicy {
  if (policy !== undefined) return policy;
  return kinds.some((kind) => kind.priority > 0) ? makePriorities : makePasses;
}

/** Polls tasks, fires their timers, and sleeps in between, on a {@link Platform}. `run` of a target makes one. */
export class Executor {
  /** The slots of its tasks. */
  readonly arena: Arena;
  /** What is due at a time. */
  readonly timers = new TimerWheel();
  /** @internal Made with the first region. */
  memory_: SharedMemory | null;
  /** @internal */ readonly faults_ = new FaultLog();
  /** @internal Of uncompiled code, whose selects are made anew: whose turn it is. */
  readonly turns_: Record<string, number> = {};
  private isHalted_ = false;
  private readonly queue_: Policy;
  /** Those of the arena, one step nearer. */
  private readonly strands_: readonly scheduler.Strand[];
  /** Who gives turns: the executor, or what measures them around it. */
  private readonly poller_: Poller;
  private phase_ = IDLE;
  private pausing_ = false;
  private readonly patience_: number;

  constructor(
    private readonly platform_: Platform,
    private readonly options_: ExecutorOptions = {},
  ) {
    this.memory_ = options_.memory === undefined ? null : options_.memory;
    const slots = options_.tasks === undefined ? declaredSlots() : options_.tasks;
    this.arena = new Arena(this, slots);
    this.queue_ = policyOf(options_)(slots, (slot) => this.arena.kindOf(slot).priority);
    this.strands_ = this.arena.strands;
    this.poller_ = options_.onPoll === undefined ? this : makeMeasured(this, options_.onPoll);
    this.patience_ = options_.patience === undefined ? SLICE : options_.patience;
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
  spawn<A extends readonly unknown[], R>(kind: TaskKind<A, R>, args: A): Task<R, A> {
    return this.start_(this.arena.claim(kind), kind, args);
  }

  /** @internal As {@link spawn}; null when all slots are in use. */
  trySpawn_<A extends readonly unknown[], R>(kind: TaskKind<A, R>, args: A): Task<R, A> | null {
    const slot = this.arena.tryClaim(kind);
    return slot < 0 ? null : this.start_(slot, kind, args);
  }

  /** @internal Where others learn of the end of a task; null when a later one has its slot. */
  strandOf_(id: TaskId): scheduler.Strand | null {
    const slot = this.arena.slotOf(id);
    return slot < 0 ? null : this.strands_[slot]!;
  }

  /** Starts a task of `kind` in `slot`, which was claimed for it. */
  start_<A extends readonly unknown[], R>(slot: number, kind: TaskKind<A, R>, args: A): Task<R, A> {
    const strand = this.strands_[slot]!;
    scheduler.startStrand(strand, this.enter_(strand, kind, args));
    if (strand.bond_ !== null) renew(strand.bond_);
    if (kind.keepsArguments_) this.keep_(bondOf(strand), args);
    state.claim(strand);
    this.enqueue_(slot);
    return strand.id_ as Task<R, A>;
  }

  /** The frame of a call of `kind`'s function. */
  private enter_<A extends readonly unknown[]>(
    strand: scheduler.Strand,
    kind: TaskKind<A, unknown>,
    args: A,
  ): Frame {
    const frame = strand.home_;
    if (frame !== null) {
      kind.enter_(frame, args);
      return frame;
    }
    try {
      return dynamicFrame(callOf(kind, args), null);
    } catch (error) {
      this.giveBack_(strand.slot_);
      throw error;
    }
  }

  /** @internal Gives back a slot that was claimed, and is not needed. */
  giveBack_(slot: number): void {
    state.finish(this.strands_[slot]!, state.FREE);
    this.arena.release(slot);
  }

  /** What a task begins again with. */
  private keep_(bond: Bond, args: readonly unknown[]): void {
    bond.args_ = args;
    bond.began_ = this.now();
  }

  /** @internal */ beginAgain_(strand: scheduler.Strand, args: readonly unknown[], delay: number): void {
    const { slot_: slot } = strand;
    scheduler.startStrand(strand, this.enter_(strand, strand.pool_!.kind_ as never, args));
    if (delay > 0) {
      strand.state_ = PENDING;
      strand.drop_ = scheduler.stopTimer;
      strand.claim_ = null;
      this.startTimer(strand, delay);
    } else if (strand.life_ === state.READY) this.enqueue_(slot);
    else scheduler.wakeStrand(strand);
  }

  /** Asks a task to end; does nothing when it has. A paused one goes on, to clean up. */
  cancel(id: TaskId): void {
    const slot = this.arena.slotOf(id);
    if (slot >= 0) this.endTask_(this.strands_[slot]!);
  }

  /** @internal */ endTask_(strand: scheduler.Strand): void {
    if (strand.bond_ !== null) strand.bond_.isAgain_ = false;
    scheduler.cancelStrand(strand);
    if (state.resume(strand)) this.enqueue_(strand.slot_);
  }

  /** @internal For executors beside others: whether tasks of `kind` are this one's alone, as `verb` demands. */
  checkOwn_(_kind: TaskKind<never, unknown>, _verb: string): void {
    // All are.
  }

  /** Gives a task no turn until {@link resume}; one that runs goes on to its next wait. */
  pause(id: TaskId): void {
    const slot = this.arena.slotOf(id);
    if (slot >= 0 && this.strands_[slot]!.cancel_ === 0) state.pause(this.strands_[slot]!);
  }

  /** Lets a paused task go on. */
  resume(id: TaskId): void {
    const slot = this.arena.slotOf(id);
    if (slot >= 0 && state.resume(this.strands_[slot]!)) this.enqueue_(slot);
  }

  /** The time, by the platform's clock. */
  now(): Instant {
    return this.platform_.now();
  }

  /** The time of day, in milliseconds since 1970. */
  wallTime(): number {
    const wall = this.platform_.wallTime;
    return wall === undefined ? Date.now() : wall();
  }

  /** Makes the task in `slot` ready. */
  wake(slot: number): void {
    this.wake_(this.strands_[slot]!);
  }

  /** @internal Makes the task of `strand` ready. */
  wake_(strand: scheduler.Strand): void {
    strand.wakes_ = (strand.wakes_ + 1) | 0;
    if (state.wake(strand) === state.WOKEN) this.enqueue_(strand.slot_);
  }

  /** Files `op` to be completed after `delay` ticks. */
  startTimer(op: Op, delay: number): void {
    this.timers.start(op, this.platform_.now(), delay);
    if (this.phase_ !== RUNNING) this.arm_();
  }

  /** @internal Queues the task in `slot` when it is ready; its timers run: it came from elsewhere. */
  adopt_(slot: number, isReady: boolean): void {
    state.arrive(this.strands_[slot]!, isReady);
    if (isReady) this.enqueue_(slot);
    if (this.phase_ !== RUNNING) this.arm_();
  }

  /** @internal A task computes for long: after this pass the clock is looked at, and the host perhaps let in. */
  pause_(): void {
    this.pausing_ = true;
  }

  /** What the platform calls after `pend` and at an alarm. */
  run(): void {
    this.phase_ = IDLE;
    let more = true;
    try {
      more = this.passes_(POLLS);
    } finally {
      if (more) this.pend_();
      else this.arm_();
    }
  }

  /** Fires due timers and polls one pass; whether more is ready. */
  turn(): boolean {
    return this.passes_(0);
  }

  /** Polls passes until nothing is ready, or `polls` are over, or a {@link SLICE} is; whether more is ready. */
  private passes_(polls: number): boolean {
    const { queue_: queue, poller_: poller } = this;
    if (this.isHalted_) {
      // Timers run out; what they wake has no turn.
      this.fireTimers_();
      return false;
    }
    const outer = current;
    const strand = scheduler.running;
    const before = this.phase_;
    current = this;
    this.phase_ = RUNNING;
    this.pausing_ = false;
    // Only what the host hung in can throw here (its clock, `onPoll`, `onFault`); the next pass goes on after it.
    try {
      const start = this.fireTimers_();
      let unclocked = POLLS_A_CLOCK;
      for (let left = polls; ;) {
        unclocked -= queue.length;
        queue.pass(poller);
        left -= queue.length;
        if (queue.length === 0 || left <= 0 || this.isHalted_) break;
        if (unclocked > 0 && !this.pausing_) continue;
        const limit = this.pausing_ ? this.patience_ : SLICE;
        unclocked = POLLS_A_CLOCK;
        this.pausing_ = false;
        scheduler.leave(strand);
        if (((this.fireTimers_() - start) | 0) >= limit) break;
      }
    } finally {
      this.phase_ = before;
      current = outer;
      scheduler.leave(strand);
    }
    return queue.length > 0 && !this.isHalted_;
  }

  /** Completes what is due; the time. */
  private fireTimers_(): Instant {
    const now = this.platform_.now();
    this.timers.fire(now);
    return now;
  }

  /** @internal Gives the task in `slot` its turn; whether it is ready again. The run queue calls it. */
  poll_(slot: number): boolean {
    const strand = this.strands_[slot]!;
    // A hook that threw may have left a task that is over in the queue.
    if (strand.life_ !== state.READY) return false;
    state.beginPoll(strand);
    strand.polls_ = (strand.polls_ + 1) | 0;
    const answer = scheduler.poll(strand);
    if (answer === scheduler.YIELDED) return state.again(strand);
    return answer === scheduler.SUSPENDED ? state.suspend(strand) : this.over_(slot, strand);
  }

  /** The code of a task is over; whether the slot is ready again. */
  private over_(slot: number, strand: scheduler.Strand): boolean {
    scheduler.leave(null);
    scheduler.endStrand(strand);
    if (strand.bond_ !== null && goesOn(strand, strand.bond_)) return state.suspend(strand);
    this.end_(slot, strand);
    // Whoever was told of the end may have started the next task in the slot.
    return strand.life_ === state.READY;
  }

  private end_(slot: number, strand: scheduler.Strand): void {
    const how = strand.how_;
    const outcome = how === scheduler.RETURNED ? state.DONE : state.CANCELLED;
    state.finish(strand, how === scheduler.THROWN ? state.FAULTED : outcome);
    this.release_(slot);
    const isHeard = strand.bond_ !== null && tellEnd(strand, strand.bond_);
    if (how === scheduler.THROWN) this.fault_(strand, isHeard);
  }

  /** @internal A task threw; somebody got that, or it is reported. */
  fault_(strand: scheduler.Strand, isHeard: boolean): void {
    const { slot_: slot, value_: error } = strand;
    const { name, onFault_: policy } = this.arena.kindOf(slot);
    if (policy === "halt") this.isHalted_ = true;
    this.faults_.note_(name, error, this.now());
    if (isHeard) return;
    if (DEV) tellAwaiters(error);
    const id = this.arena.idOf(slot) as Task;
    const { hook_: hook } = this.faults_;
    const onFault = this.options_.onFault;
    try {
      if (hook !== null) hook(name, error, id);
      else if (onFault !== undefined) onFault(name, error, id);
    } catch (problem) {
      if (hook === null || onFault === undefined) throw problem;
      onFault(name, problem, id);
    }
  }

  /** The task in `slot` is over. */
  protected release_(slot: number): void {
    this.arena.release(slot);
  }

  /** Tasks that are ready. */
  get queued(): number {
    return this.queue_.length;
  }

  protected enqueue_(slot: number): void {
    this.queue_.add(slot);
    if (this.phase_ === IDLE) this.pend_();
  }

  private pend_(): void {
    if (this.phase_ === PENDED) return;
    this.phase_ = PENDED;
    this.platform_.pend();
  }

  private arm_(): void {
    if (!this.timers.isEmpty) this.platform_.setAlarm(this.timers.deadline);
  }
}
