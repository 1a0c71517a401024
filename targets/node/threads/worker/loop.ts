/**
 * The life of a worker: it takes jobs, runs them, answers, and sleeps.
 *
 *            +------- a job ends ------+
 *            v                         |
 *   turn -> take -- a job --> run -----+---- it waits (its own timers, sockets): the event loop, until it settles
 *     ^      |
 *     |      +-- none --> nap: the thread blocks, 1 ms at most, if jobs came that close before
 *     |                    |
 *     +-- woken -----------+-- nobody came --> turn, then park: the event loop goes on, until it is woken
 *
 * What a job leaves behind (timers, sockets, promises) is never held up by more than 1 ms beyond other jobs: the event loop
 * turns that often between them, and a worker that has nothing to do is in it.
 */
import { receiveMessageOnPort, type MessagePort } from "node:worker_threads";
import { describe, reasonOf, revive } from "../failures.js";
import { coded } from "../../tool-errors.js";
import { beWorker, isTransferring, transferOf } from "../job-context.js";
import {
  ASLEEP,
  BEGAN_AT,
  BY_PORT,
  ENDED_AT,
  INLINE,
  LINGERS,
  LaneMemory,
  NAPS,
  READY,
  RETURNED,
  SLOT_BYTES,
  THREW,
} from "../memory.js";
import { Packing } from "../packing.js";
import { checkTransfer } from "../transfer.js";
import type { Parcel } from "../parcel.js";
import type { Order, WorkerStart } from "../protocol.js";
import { Callables, type Callable } from "./callables.js";
import { RunningJob } from "./running-job.js";

/** Milliseconds between turns of the event loop, beyond what a job itself takes. */
const SLICE = 1;

/** So many jobs, in so many milliseconds, are small. */
const SMALL_JOBS = 4;
const SMALL = 0.1;

export class WorkerLoop {
  private readonly memory_: LaneMemory;
  private readonly packing_: Packing;
  private readonly callables_ = new Callables();
  private readonly port_: MessagePort;
  private readonly me_: number;
  private readonly sleeps_: number;
  private readonly concurrency_: number;
  private readonly measures_: boolean;
  /** Jobs that have begun and not settled. */
  private underWay_ = 0;
  /** Those that wait for jobs that they have asked for: others may run meanwhile, or nobody might ever run those. */
  private lent_ = 0;
  /** Slots of jobs whose arguments are to come, in that order. */
  private readonly asked_: number[] = [];
  /** Those that asked for their context. */
  private readonly contexts_ = new Map<number, RunningJob>();
  private running_ = -1;
  /** When the event loop turned last, and what the clock said after a job. */
  private turned_ = 0;
  private ended_ = 0;
  /** Jobs until the clock is read again. */
  private unclocked_ = 1;
  private isParked_ = false;
  private isTurning_ = false;
  private isAsleep_ = false;
  /** Whether it had a job since it slept for long. */
  private isBusy_ = false;
  private isCondemned_ = false;
  /** Whether it shall wake another before its next job. */
  private wakesNext_ = false;

  constructor({ buffer, workers, worker, port, concurrency, measures, definitions }: WorkerStart) {
    this.measures_ = measures;
    this.memory_ = new LaneMemory(workers, new Int32Array(buffer));
    this.packing_ = new Packing(buffer);
    this.port_ = port;
    this.me_ = worker;
    this.sleeps_ = this.memory_.sleeps(worker);
    this.concurrency_ = concurrency;
    for (const definition of definitions) this.callables_.add(definition);
    beWorker(worker, () => this.context_());
  }

  /** Loads functions beforehand. */
  async prepare(ids: readonly number[]): Promise<void> {
    for (const id of ids) await this.callables_.load(id);
  }

  /** Takes jobs from now on. */
  begin(): void {
    this.port_.on("message", (order: Order) => {
      this.receive_(order);
    });
    this.port_.on("messageerror", (error) => {
      this.unreadable_(error);
    });
    this.answer_(READY);
    this.turn_();
  }

  private receive_(order: Order): void {
    this.memory_.beat(this.me_);
    switch (order.type) {
      case "define":
        this.callables_.add(order.definition);
        break;
      case "arguments":
        this.asked_.shift();
        this.turned_ = performance.now();
        this.start_(order.slot, order.args);
        this.takeJobs_();
        break;
      case "drop":
        this.asked_.shift();
        this.end_(order.slot, RETURNED, INLINE);
        this.takeJobs_();
        break;
      case "abort":
        this.contexts_.get(order.slot)?.abort(revive(order.reason));
        break;
      case "ping":
        break;
    }
  }

  /** Arguments came that nobody can read: those of the job that asked first. */
  private unreadable_(error: unknown): void {
    const slot = this.asked_.shift();
    if (slot === undefined) return;
    const text = `its arguments cannot be read on the worker: ${reasonOf(error)}. Give plain data`;
    this.throw_(slot, coded("E425", this.nameOf_(slot), text));
    this.takeJobs_();
  }

  /** The event loop has turned. */
  private readonly turn_ = (): void => {
    this.isTurning_ = false;
    this.turned_ = performance.now();
    this.takeJobs_();
  };

  private turnSoon_(): void {
    if (this.isTurning_) return;
    this.isTurning_ = true;
    setImmediate(this.turn_);
  }

  private takeJobs_(): void {
    if (this.isAsleep_ && !this.wakeUp_()) return;
    while (this.underWay_ - this.lent_ < this.concurrency_ && !this.isCondemned_) {
      const slot = this.memory_.take(this.me_);
      if (slot < 0) {
        if (this.rest_()) continue;
        return;
      }
      this.memory_.beat(this.me_);
      if (this.wakesNext_) this.wakeNext_();
      this.isBusy_ = true;
      this.run_(slot);
      if (this.ended_ - this.turned_ > SLICE) {
        this.wakesNext_ = true;
        this.turnSoon_();
        return;
      }
    }
  }

  /** Jobs may be long, and nobody may be looking after those that wait. */
  private wakeNext_(): void {
    const { memory_: memory } = this;
    this.wakesNext_ = false;
    for (let i = 0; memory.waiting > 0 && i < memory.workers; i++) if (memory.wake(memory.sleeps(i))) return;
  }

  /** Sleeps; true when there is something to do at once. */
  private rest_(): boolean {
    const { memory_: memory, sleeps_: sleeps } = this;
    const state = this.underWay_ > 0 ? LINGERS : this.isBusy_ ? NAPS : ASLEEP;
    memory.fallAsleep(sleeps, state);
    this.isAsleep_ = true;
    if (memory.waiting > 0 || memory.pinned(this.me_) > 0) return this.wakeUp_();
    if (state === NAPS) return this.nap_();
    this.park_(state);
    return false;
  }

  /** Blocks until it is woken, or for a while. */
  private nap_(): boolean {
    this.isBusy_ = Atomics.wait(this.memory_.words, this.sleeps_, NAPS, SLICE) !== "timed-out";
    if (this.isBusy_) return this.wakeUp_();
    this.turnSoon_();
    return false;
  }

  /** Leaves for the event loop, until it is woken. */
  private park_(state: number): void {
    // One waiter at a time: a wake resolves it wherever this thread is meanwhile.
    if (this.isParked_) return;
    this.memory_.park(this.me_);
    const wait = Atomics.waitAsync(this.memory_.words, this.sleeps_, state);
    if (!wait.async) {
      this.turnSoon_();
      return;
    }
    this.isParked_ = true;
    void wait.value.then(this.unpark_);
  }

  private readonly unpark_ = (): void => {
    this.isParked_ = false;
    this.wakesNext_ = true;
    this.turned_ = performance.now();
    this.takeJobs_();
  };

  private wakeUp_(): boolean {
    this.isAsleep_ = false;
    if (this.memory_.wakeUp(this.sleeps_)) return true;
    this.isCondemned_ = true;
    return false;
  }

  // Jobs.

  private run_(slot: number): void {
    const { memory_: memory } = this;
    this.underWay_++;
    if (this.measures_) memory.stamp(slot, BEGAN_AT);
    // An answer of a job that still runs asks for its arguments.
    if (memory.carries(slot) === BY_PORT) this.ask_(slot);
    else this.start_(slot, this.packing_.unpack(memory.bytesAt(slot)) as readonly unknown[]);
  }

  private ask_(slot: number): void {
    this.asked_.push(slot);
    this.answer_(slot);
  }

  private start_(slot: number, args: readonly unknown[]): void {
    const kind = this.memory_.kindOf(slot);
    try {
      const fn = this.callables_.get(kind) ?? this.load_(kind);
      if (typeof fn === "function") this.call_(slot, kind, fn, args);
      else this.callLater_(slot, kind, fn, args);
    } catch (error) {
      this.throw_(slot, error);
    }
    if (--this.unclocked_ <= 0) this.readClock_();
  }

  /** The clock costs as much as a small job: it is read after each that may be long, and after some that are small. */
  private readClock_(): void {
    const now = performance.now();
    this.unclocked_ = now - this.ended_ < SMALL ? SMALL_JOBS : 1;
    this.ended_ = now;
  }

  private callLater_(slot: number, kind: number, fn: Promise<Callable>, args: readonly unknown[]): void {
    const go = (loaded: Callable): void => {
      this.call_(slot, kind, loaded, args);
      this.goOn_();
    };
    fn.then(go, (error: unknown) => {
      this.throw_(slot, error);
      this.goOn_();
    });
  }

  private call_(slot: number, kind: number, fn: Callable, args: readonly unknown[]): void {
    this.running_ = slot;
    try {
      const result = fn(...args);
      if (isThenable(result)) this.follow_(slot, kind, result);
      else this.return_(slot, result);
    } catch (error) {
      this.throw_(slot, this.callables_.explain(kind, error));
    }
    this.running_ = -1;
  }

  private load_(kind: number): Callable | Promise<Callable> {
    // The definition was sent before the job was queued.
    while (!this.callables_.knows(kind)) {
      const received = receiveMessageOnPort(this.port_);
      if (received === undefined) throw new Error(`function ${kind} was not told`);
      this.receive_(received.message as Order);
    }
    return this.callables_.load(kind);
  }

  private follow_(slot: number, kind: number, result: PromiseLike<unknown>): void {
    const returned = (value: unknown): void => {
      this.return_(slot, value);
      this.goOn_();
    };
    Promise.resolve(result).then(returned, (error: unknown) => {
      this.throw_(slot, this.callables_.explain(kind, error));
      this.goOn_();
    });
  }

  /** A job settled while the event loop went on. */
  private goOn_(): void {
    this.ended_ = performance.now();
    this.takeJobs_();
  }

  private return_(slot: number, result: unknown): void {
    const { memory_: memory } = this;
    if (!isTransferring(result) && this.packing_.pack(memory.bytesAt(slot), SLOT_BYTES, result)) {
      this.end_(slot, RETURNED, INLINE);
      return;
    }
    const [value, transfer] = isTransferring(result) ? [result.value, transferOf(result)] : [result, []];
    try {
      checkTransfer(transfer);
      this.end_(slot, RETURNED, BY_PORT, { value }, transfer);
    } catch (error) {
      const text = `its result cannot be sent to the main thread: ${reasonOf(error)}. Return plain data`;
      this.end_(slot, THREW, BY_PORT, { failure: describe(coded("E426", this.nameOf_(slot), text)) });
    }
  }

  private throw_(slot: number, error: unknown): void {
    this.end_(slot, THREW, BY_PORT, { failure: describe(error) });
  }

  private end_(
    slot: number,
    state: number,
    carries: number,
    parcel?: Parcel,
    transfer: readonly never[] = [],
  ): void {
    // Posted first: who reads the answer finds it. Nobody reads that of a condemned worker.
    if (parcel !== undefined) this.port_.postMessage(parcel, transfer);
    if (this.contexts_.size > 0) this.endContext_(slot);
    this.underWay_--;
    if (this.measures_) this.memory_.stamp(slot, ENDED_AT);
    if (this.memory_.finish(slot, this.me_, state, carries)) this.answer_(slot);
    else this.isCondemned_ = true;
  }

  private endContext_(slot: number): void {
    this.contexts_.get(slot)?.end();
    this.contexts_.delete(slot);
  }

  private answer_(slot: number): void {
    this.memory_.answer(this.me_, slot);
    this.memory_.wake(this.memory_.mainSleeps);
  }

  private readonly lend_ = (change: number): void => {
    this.lent_ += change;
    if (change > 0) this.turnSoon_();
  };

  private nameOf_(slot: number): string {
    return this.callables_.nameOf(this.memory_.kindOf(slot));
  }

  private context_(): RunningJob | null {
    const slot = this.running_;
    if (slot < 0) return null;
    const context = this.contexts_.get(slot) ?? new RunningJob(this.memory_, slot, this.lend_);
    this.contexts_.set(slot, context);
    return context;
  }
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return (
    typeof value === "object" && value !== null && typeof (value as { then?: unknown }).then === "function"
  );
}
