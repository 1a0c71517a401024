/** Shared tasks, as the main thread sees them: it spawns, and promises tell it of the ends. Workers do all else. */
import type { TaskId, TaskKind } from "../../../../core/index.js";
import { declaredSlots } from "../../../../core/kinds.js";
import { makeSharedMemory, type SharedMemory } from "../../../../core/shared/memory.js";
import { coded } from "../../tool-errors.js";
import { reasonOf, revive } from "../failures.js";
import { isWorking, replaceWorker } from "../lock-free/parking.js";
import { declaredArrays } from "../shared-array.js";
import { Waiters } from "../waiters.js";
import { CANCELLED, DONE, LOST, howOf, isElsewhere, resultOf } from "./ends.js";
import { Hand } from "./hand.js";
import { TaskLoop, ThreadPlatform } from "./loop.js";
import { shareHere } from "./look.js";
import { deliver, enqueue, inject } from "./queues.js";
import { recover } from "./recover.js";
import { serveSoon, type TaskMessage } from "./serve.js";
import { Outcomes, type End } from "./outcomes.js";
import { ANYWHERE, SharedExecutor } from "./shared-executor.js";
import { checkPin, fullError, lostError, pinnedError } from "./task-errors.js";
import { isTaskWorker } from "./start.js";
import type { SharedTask, SharedTasksOptions, TaskStats } from "./types.js";
import { pollsOf, statsOf } from "./counts.js";
import { observerOf, readTrace, type Turn } from "./observer.js";
import { MOST_WORKERS, fits, makeTable, type TaskTable } from "./table.js";

interface Waiting {
  readonly id: TaskId;
  readonly generation: number;
  readonly name: string;
  readonly resolve: (value: never) => void;
  readonly reject: (error: unknown) => void;
}

type Ended = Extract<TaskMessage, { type: "ended" }>;

/** How often the watchdog looks within the time that one poll may take. */
const LOOKS = 2;

/** Starts of a worker that may fail one after the other. */
const TRIES = 3;

let pools = 0;

export class SharedTasks {
  private readonly table_: TaskTable;
  private readonly memory_: SharedMemory;
  private readonly executor_: SharedExecutor;
  private readonly loop_: TaskLoop;
  private readonly hands_: Hand[] = [];
  /** By slot. */
  private readonly waiting_ = new Map<number, Waiting>();
  /** Ends that words cannot hold, by slot. */
  private readonly parcels_ = new Map<number, Ended>();
  private readonly isAlone_: boolean;
  /** Of the process: no other pool has it. */
  private readonly channel_ = `dormouse tasks ${pools++}`;
  private turn_ = 0;
  private readonly ready_ = new Waiters();
  private failures_ = 0;
  private settled_ = 0;
  private isClosed_ = false;
  private isEnded_ = false;
  private watchdog_: NodeJS.Timeout | null = null;
  /** What the watchdog saw of each worker: its polls, and for how many looks they were the same in one task. */
  private readonly quiet_: { polls: number; looks: number }[] = [];
  private emptied_: () => void = () => undefined;

  constructor(private readonly options_: SharedTasksOptions) {
    const { flavor } = options_;
    this.isAlone_ = flavor === "currentThread";
    const workers = this.isAlone_ ? 1 : options_.workers;
    if (isTaskWorker()) {
      throw coded(
        "E407",
        "spawn",
        "this thread is a worker of such threads. Call spawn of dormouse in a task, or see isMainThread",
      );
    }
    if (workers > MOST_WORKERS) {
      throw coded(
        "E400",
        "workers",
        `${workers} are more than ${MOST_WORKERS} that can share tasks. Give fewer`,
      );
    }
    if (!fits(declaredSlots())) {
      throw coded(
        "E400",
        "tasks",
        `${declaredSlots()} slots are more than threads can share. Make pools smaller`,
      );
    }
    this.table_ = makeTable(workers, options_.observing.trace);
    this.memory_ = makeSharedMemory();
    const platform = new ThreadPlatform(this.table_);
    const me = this.isAlone_ ? 0 : workers;
    const options = { memory: this.memory_ };
    const ended = (end: End, watchers: number): void => {
      if (watchers !== 0) this.ownEnds_.set(end.slot, end);
      else if (end.isThrown) options_.onFault(asError(end.value));
    };
    this.executor_ = new SharedExecutor(
      platform,
      options,
      this.table_,
      me,
      flavor,
      { ended },
      observerOf(this.table_, me, options_.observing),
      new Outcomes(null),
    );
    shareHere(this.table_, me, this.executor_);
    const settle = (slot: number): void => {
      this.settle_(slot);
    };
    this.loop_ = new TaskLoop(this.executor_, platform, {
      blocks: false,
      runs: this.isAlone_,
      ended: settle,
    });
    if (!this.isAlone_) this.startWorkers_(workers);
    this.loop_.turnSoon();
  }

  /** Of tasks that ended on this thread. */
  private readonly ownEnds_ = new Map<number, End>();

  /** @throws E409 when Node refuses to start any, by what the author wants of them */
  private startWorkers_(count: number): void {
    try {
      for (let me = 0; me < count; me++) this.startWorker_(me);
    } catch (cause) {
      throw Object.assign(coded("E409", "tasks", `no worker could start: ${reasonOf(cause)}`), { cause });
    }
  }

  private startWorker_(me: number): void {
    const { workers, flavor, program, observing } = this.options_;
    const start = {
      ...{ table: this.table_.buffer, memory: this.memory_.buffer },
      ...{ workers, me, flavor, slots: declaredSlots(), arrays: declaredArrays, observing },
      channel: workers > 1 ? this.channel_ : null,
    };
    const receive = (message: TaskMessage): void => {
      this.receive_(me, message);
    };
    this.hands_[me] = new Hand(program, this.options_, start, receive, (error, code) => {
      this.died_(me, error, code);
    });
    if (this.waiting_.size > 0) this.hands_[me].hold(true);
  }

  /**
   * Starts a task on the workers.
   *
   * @throws E101 when all slots of the kind are in use, E404 unless its frames are shared, E405 once closed
   */
  spawn<A extends readonly unknown[], R>(kind: TaskKind<A, R>, args: A): SharedTask<R> {
    return this.start_(ANYWHERE, kind, args);
  }

  /** As {@link spawn}, on worker `pin`. @throws E420 when there is none of that number */
  spawnOn<A extends readonly unknown[], R>(pin: number, kind: TaskKind<A, R>, args: A): SharedTask<R> {
    checkPin(this.table_, pin);
    return this.start_(pin, kind, args);
  }

  private start_<A extends readonly unknown[], R>(pin: number, kind: TaskKind<A, R>, args: A): SharedTask<R> {
    if (this.isClosed_) throw coded("E405", kind.name, "the threads are closed, and run nothing more");
    if (kind.words_ === 0) throw pinnedError(kind.name);
    const { executor_: executor } = this;
    const slot = executor.prepare(kind, args, 1 << executor.member.me, pin);
    if (slot < 0) throw fullError(kind);
    const id = executor.idOf(slot);
    const generation = id >> 16;
    if (this.failures_ >= TRIES) this.startAgain_();
    const result = new Promise<R>((resolve, reject) => {
      this.waiting_.set(slot, { id, generation, name: kind.name, resolve: resolve, reject });
    });
    if (this.waiting_.size === 1) this.hold_(true);
    this.send_(slot, pin);
    const cancel = (): void => {
      executor.cancel(id);
      if (this.isAlone_) this.loop_.turnSoon();
    };
    return { id, result, cancel };
  }

  private send_(slot: number, pin: number): void {
    const { table_: table, executor_: executor } = this;
    if (this.isAlone_) {
      enqueue(executor.member, slot);
      this.loop_.turnSoon();
    } else if (pin >= 0) deliver(table, pin, slot);
    else if (this.options_.flavor === "threadPerCore") {
      this.turn_ = (this.turn_ + 1) % table.workers;
      deliver(table, this.turn_, slot);
    } else inject(table, slot);
  }

  /** The process lives as long as tasks do, and workers are watched. */
  private hold_(isHeld: boolean): void {
    for (const hand of this.hands_) hand.hold(isHeld);
    if (this.watchdog_ !== null) clearInterval(this.watchdog_);
    this.watchdog_ = null;
    const { hungAfter } = this.options_;
    if (!isHeld || this.isAlone_ || hungAfter === Infinity) return;
    this.watchdog_ = setInterval(() => {
      this.hands_.forEach((hand, me) => {
        this.watch_(hand, me);
      });
    }, hungAfter / LOOKS).unref();
  }

  /** Ends a worker that has been in one poll for too long. */
  private watch_(hand: Hand, me: number): void {
    const polls = pollsOf(this.table_, me);
    const before = this.quiet_[me];
    const isStuck = hand.isReady && isWorking(this.table_.parking, me) && before?.polls === polls;
    const looks = isStuck ? before.looks + 1 : 0;
    this.quiet_[me] = { polls, looks };
    if (looks >= LOOKS) void hand.end();
  }

  /** A task that was spawned here is over. */
  private settle_(slot: number): void {
    const { table_: table, executor_: executor } = this;
    const waiting = this.waiting_.get(slot);
    const how = howOf(table, slot);
    const value = resultOf(table, slot);
    const isPlain = how === DONE && !isElsewhere(table, slot);
    executor.told(slot);
    if (waiting === undefined) return;
    if (isPlain) waiting.resolve(value as never);
    else if (how === CANCELLED)
      waiting.reject(coded("E402", waiting.name, "was cancelled, and gives nothing"));
    else if (how === LOST) waiting.reject(lostError(waiting.name));
    else this.settleElsewhere_(slot, waiting);
    this.waiting_.delete(slot);
    this.settled_++;
    if (this.waiting_.size > 0) return;
    this.hold_(false);
    this.emptied_();
  }

  private settleElsewhere_(slot: number, { generation, name, resolve, reject }: Waiting): void {
    const own = this.ownEnds_.get(slot);
    if (own?.generation === generation) {
      this.ownEnds_.delete(slot);
      if (own.isThrown) reject(own.value);
      else resolve(own.value as never);
      return;
    }
    for (const hand of this.hands_) hand.collect();
    const parcel = this.parcels_.get(slot);
    this.parcels_.delete(slot);
    // Its worker may have died over the message.
    if (parcel?.generation !== generation) reject(lostError(name));
    else if ("failure" in parcel) reject(revive(parcel.failure));
    else resolve(parcel.value as never);
  }

  private receive_(me: number, message: TaskMessage): void {
    if (message.type === "ready") {
      this.hands_[me]!.isReady = true;
      this.failures_ = 0;
      this.ready_.notify();
    } else if (message.type === "failed") {
      const error = asError(revive(message.failure));
      this.failures_ = TRIES;
      this.options_.onFault(error);
      this.giveUp_(error.message);
    } else if (this.waiting_.get(message.slot)?.generation === message.generation) {
      this.parcels_.set(message.slot, message);
    } else if ("failure" in message && !message.isAwaited)
      this.options_.onFault(asError(revive(message.failure)));
  }

  /** A worker is no more: what it had is rescued, and another one takes its place. */
  private died_(me: number, error: unknown, code: number): void {
    if (this.isEnded_) return;
    const { table_: table } = this;
    if (!this.hands_[me]!.isReady) this.failures_++;
    const isHung = (this.quiet_[me]?.looks ?? 0) >= LOOKS;
    const hung = `a task that kept it from going on for ${this.options_.hungAfter} ms`;
    const reason = isHung ? hung : error === undefined ? `exit code ${code}` : reasonOf(error);
    this.quiet_[me] = { polls: -1, looks: 0 };
    this.options_.onFault(coded("E406", `worker ${me}`, `ended by ${reason}, and is replaced`));
    recover(table, me, table.workers > 1 ? (me + 1) % table.workers : me);
    this.loop_.turnSoon();
    if (this.failures_ < TRIES) {
      replaceWorker(table.parking, me);
      this.startWorker_(me);
    } else this.giveUp_(reason);
  }

  /** No worker can start: nobody shall wait for one. */
  private giveUp_(reason: string): void {
    for (const { id, name, reject } of this.waiting_.values()) {
      this.executor_.cancel(id);
      reject(coded("E409", name, `no worker could start: ${reason}`));
    }
    this.waiting_.clear();
    this.hold_(false);
    this.emptied_();
    this.ready_.reject(coded("E409", "tasks", `no worker could start: ${reason}`));
  }

  private startAgain_(): void {
    this.failures_ = 0;
    for (let me = 0; me < this.table_.workers; me++) {
      if (this.hands_[me]?.isGone === false) continue;
      replaceWorker(this.table_.parking, me);
      this.startWorker_(me);
    }
  }

  /** Waits until all workers take tasks. @throws E409 when they cannot start */
  async ready(): Promise<void> {
    if (this.failures_ >= TRIES) this.startAgain_();
    this.hold_(true);
    try {
      if (!this.areReady_()) await this.ready_.add(this.areReady_);
    } finally {
      this.hold_(this.waiting_.size > 0);
    }
  }

  private readonly areReady_ = (): boolean => this.hands_.every(({ isReady, isGone }) => isReady && !isGone);

  /** What its workers did so far. */
  stats(): TaskStats {
    const { table_: table } = this;
    const each = Array.from({ length: table.workers }, (_, who) => statsOf(table, who));
    return { workers: table.workers, inFlight: this.waiting_.size, settled: this.settled_, each };
  }

  /** The last turns of all workers. */
  trace(): Turn[] {
    const { arena } = this.executor_;
    return readTrace(this.table_, this.options_.observing.trace, (slot) => arena.kindOf(slot).name);
  }

  /** Polls so far, of each worker. */
  get polls(): number[] {
    const { table_: table } = this;
    return Array.from({ length: table.workers }, (_, who) => pollsOf(table, who));
  }

  /** Takes no more tasks, waits for those that there are, and ends the workers. */
  async close(): Promise<void> {
    this.isClosed_ = true;
    if (this.waiting_.size > 0) await new Promise<void>((resolve) => (this.emptied_ = resolve));
    await this.terminate();
  }

  /** Ends the workers here and now. */
  async terminate(): Promise<void> {
    this.isClosed_ = this.isEnded_ = true;
    this.hold_(false);
    this.loop_.stop();
    await Promise.all(this.hands_.map((hand) => hand.end()));
    for (const [, { name, reject }] of this.waiting_) reject(coded("E405", name, "its threads were closed"));
    this.ready_.reject(coded("E405", "tasks", "its threads were closed"));
    this.waiting_.clear();
  }
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}

// On a worker, the program that loads this is there to run tasks.
serveSoon();
