/**
 * A lane: jobs, and the workers that take them from shared memory.
 *
 *   run -> slot -> queue ........... a worker takes it, runs it, answers
 *       `> backlog, while no slot is free        |
 *          promise settles <- collect <----------+      one wake of this thread for all answers that are there
 *
 * This thread looks for answers when it is woken, and then whenever it has done what came of them, until there are none
 * (main-sleep.ts).
 */
import { Backlog } from "./backlog.js";
import { Crew, type CrewOptions } from "./crew.js";
import { deathError, describe, reasonOf, revive, type Death } from "./failures.js";
import { QUEUED as IN_SLOT, type Job } from "./job.js";
import type { LaneWorker } from "./lane-worker.js";
import * as shared from "./memory.js";
import { LaneMeter } from "./lane-meter.js";
import { checkTransfer } from "./transfer.js";
import { Slots } from "./slots.js";
import { Waiters } from "./waiters.js";
import { promptly } from "../platform.js";
import { coded } from "../tool-errors.js";
import { MainSleep } from "./main-sleep.js";
import { Watchdog } from "./watchdog.js";

export interface LaneOptions extends CrewOptions {
  /** Jobs that may wait for a worker. */
  readonly queueLimit: number;
  readonly hungAfter: number;
  readonly abortGrace: number;
  /** Milliseconds for which a worker beyond `min` stays idle. */
  readonly keepAlive: number;
  /** Jobs that are kept for a trace; 0 for none. */
  readonly trace: number;
  /** Told of errors that no job is told of. */
  readonly onFault: (error: Error) => void;
}

/**
 * A wake costs more than a small job. The first job of a turn wakes a worker, then one of so many does, and what still
 * waits at the turn's end. A worker that was wakened so wakes the next if there is more, and one that ran out of jobs looks
 * again by itself, so none waits for more than 1 ms while a worker sleeps.
 */
const JOBS_A_WAKE = 64;

/** Milliseconds of a turn in which answers are read: it costs as much as several small jobs, and timers and sockets wait for its end. */
const TURN = 0.2;

export class Lane {
  private readonly memory_: shared.LaneMemory;
  private readonly slots_: Slots;
  private readonly crew_: Crew;
  private readonly sleep_: MainSleep;
  private readonly watchdog_: Watchdog;
  private readonly backlog_: Backlog;
  readonly meter: LaneMeter;
  private inFlight_ = 0;
  /** Jobs of this turn. */
  private unwoken_ = 0;
  /** Who waits for room, for workers to be ready, and for nothing to be left. */
  private readonly waiters_ = new Waiters();
  done = 0;

  constructor(private readonly options_: LaneOptions) {
    const memory = new shared.LaneMemory(options_.max);
    this.memory_ = memory;
    const { measures, trace } = options_;
    this.meter = new LaneMeter(memory, measures, trace);
    this.slots_ = new Slots(memory, measures);
    this.backlog_ = new Backlog(shared.PRIORITIES + options_.max);
    this.crew_ = new Crew(memory, options_, {
      ready: () => {
        this.notify_();
      },
      died: (worker, death) => {
        this.died_(worker, death);
      },
      failed: (death) => {
        this.failed_(death);
      },
    });
    this.sleep_ = new MainSleep(memory, {
      isWaiting: () => this.inFlight_ > 0,
      hasAnswers: () => this.hasAnswers_(),
      collect: () => this.collect_(),
      rouse: () => {
        if (this.memory_.waiting > 0) this.rouse_();
      },
    });
    const hungAfterOf = (job: Job): number => job.options.hungAfter ?? options_.hungAfter;
    this.watchdog_ = new Watchdog(memory, this.crew_, options_, ({ number }) =>
      this.slots_.longest(number, hungAfterOf),
    );
  }

  get crew(): Crew {
    return this.crew_;
  }

  /** Jobs whose promise is not settled. */
  get inFlight(): number {
    return this.inFlight_;
  }

  /** Workers at most. */
  get most(): number {
    return this.options_.max;
  }

  /** Whether a job more may wait. */
  get hasRoom(): boolean {
    const { max, concurrency, queueLimit } = this.options_;
    return this.inFlight_ < max * concurrency + queueLimit;
  }

  /** Takes a job. */
  submit(job: Job): void {
    if (this.inFlight_++ === 0) this.hold_(true);
    if (this.slots_.hasFree && !this.backlog_.hasAny(job.queue) && this.memory_.hasRoom(job.queue)) {
      this.queue_(job);
    } else {
      this.backlog_.add(job);
    }
    this.sleep_.lookSoon();
  }

  private queue_(job: Job): void {
    this.slots_.queue(job);
    const { pin } = job.options;
    if (pin !== undefined) this.crew_.rouse(pin);
    // A worker that naps looks again by itself, soon.
    else if (this.unwoken_++ % JOBS_A_WAKE === 0 && !this.crew_.hasNapper) this.rouse_();
  }

  /** Gets a worker for what waits; false when there is none that is not busy. */
  private rouse_(): boolean {
    if (this.crew_.wakeOne()) return true;
    this.crew_.grow(this.memory_.waiting);
    return false;
  }

  // Answers.

  private readonly hasAnswered_ = (worker: LaneWorker | undefined): boolean =>
    worker !== undefined && this.memory_.answered(worker.number) !== worker.read;

  /**
   * Reads answers, and at once runs the tasks that wait for them, which have more jobs perhaps, and so on, for as long as
   * a turn of the event loop may last; whether there were any.
   */
  private collect_(): boolean {
    this.unwoken_ = 0;
    if (!this.hasAnswers_()) return false;
    const start = performance.now();
    do {
      promptly(this.readAll_);
      this.refill_();
    } while (this.hasAnswers_() && performance.now() - start < TURN);
    this.notify_();
    return true;
  }

  private hasAnswers_(): boolean {
    return this.crew_.workers.some(this.hasAnswered_);
  }

  private readonly readAll_ = (): void => {
    for (const worker of this.crew_.workers) if (worker !== undefined) this.read_(worker);
  };

  private read_(worker: LaneWorker): void {
    const end = this.memory_.answered(worker.number);
    while (worker.read !== end) {
      const slot = this.memory_.answerAt(worker.number, worker.read);
      worker.read = (worker.read + 1) | 0;
      if (slot === shared.READY) this.crew_.ready(worker);
      else this.answered_(worker, slot);
    }
  }

  private answered_(worker: LaneWorker, slot: number): void {
    const { memory_: memory } = this;
    const job = this.slots_.at(slot);
    const state = memory.outcomeOf(slot);
    if (job === undefined || state === shared.CONDEMNED) return;
    if (state === shared.RUNNING) {
      this.send_(worker, slot, job);
      return;
    }
    const isInline = memory.carries(slot) === shared.INLINE;
    const parcel = isInline ? { value: this.slots_.result(slot) } : worker.parcel();
    this.meter.ended(worker.number, slot, job.definition.name);
    this.slots_.release(slot);
    if (parcel === undefined || "failure" in parcel) {
      this.settled_(job.reject(parcel === undefined ? new Error("lost") : revive(parcel.failure)));
    } else this.settled_(job.resolve(parcel.value));
  }

  /** A worker took a job whose arguments go in a message. */
  private send_(worker: LaneWorker, slot: number, job: Job): void {
    const { args, options, definition } = job;
    try {
      if (job.state_ !== IN_SLOT) worker.tell({ type: "drop", slot });
      else {
        if (options.transfer !== undefined) checkTransfer(options.transfer);
        worker.tell({ type: "arguments", slot, args }, options.transfer);
      }
      job.isSent_ = true;
    } catch (error) {
      worker.tell({ type: "drop", slot });
      const text = `its arguments cannot be sent to a worker: ${reasonOf(error)}. Give plain data`;
      this.settled_(job.reject(Object.assign(coded("E425", definition.name, text), { cause: error })));
    }
  }

  private settled_(isFirst: boolean): void {
    if (!isFirst) return;
    this.done++;
    if (--this.inFlight_ === 0) this.hold_(false);
  }

  private refill_(): void {
    while (this.slots_.hasFree) {
      const job = this.backlog_.take((queue) => this.memory_.hasRoom(queue));
      if (job === undefined) return;
      this.queue_(job);
    }
  }

  // Ends.

  /** Gives up a job. */
  readonly abort = (job: Job, reason: unknown): void => {
    const isInSlot = job.state_ === IN_SLOT;
    this.settled_(job.reject(reason));
    this.takeBack_(job, isInSlot, reason);
  };

  /** A task no longer waits for a job: gives it up. */
  readonly forget = (job: Job): void => {
    const isInSlot = job.state_ === IN_SLOT;
    this.settled_(job.settle());
    this.takeBack_(job, isInSlot, undefined);
  };

  private takeBack_(job: Job, isInSlot: boolean, reason: unknown): void {
    const { slot_: slot } = job;
    if (!isInSlot) this.notify_();
    else if (this.slots_.takeBack(slot)) this.sleep_.lookSoon();
    else if (job.isSent_) this.abortRunning_(job, reason);
  }

  private abortRunning_(job: Job, reason: unknown): void {
    const { memory_: memory } = this;
    const { slot_: slot } = job;
    const worker = this.crew_.at(memory.workerOf(slot));
    if (worker === undefined || memory.stateOf(slot) !== shared.RUNNING) return;
    const end = (): void => {
      if (this.slots_.at(slot) !== job || !memory.condemn(slot, worker.number)) return;
      void worker.end({ code: "E437", text: "shared a worker with a job that was aborted while it ran" });
    };
    memory.addFlag(slot, shared.ABORTED);
    if ((memory.flags(slot) & shared.COOPERATES) === 0) end();
    else {
      worker.tell({ type: "abort", slot, reason: describe(reason) });
      setTimeout(end, this.options_.abortGrace).unref();
    }
  }

  /** What a worker left: its last answers, jobs that ran, jobs that it took and did not come to mark. */
  private died_(worker: LaneWorker, death: Death): void {
    this.read_(worker);
    const left = this.slots_.leftBy(worker.number);
    for (const job of left) this.settled_(job.reject(deathError(death, job.definition.name)));
    this.refill_();
    this.notify_();
    if (left.length > 0 || worker.isEnding || !worker.isReady) return;
    const fault = deathError(death, this.options_.name);
    // It may throw.
    queueMicrotask(() => this.options_.onFault(fault));
  }

  /** No worker can be had: rejects all that waits for one. */
  private failed_(death: Death): void {
    this.rejectJobs_(death);
    this.rejectWaiters_(death);
  }

  private rejectJobs_(death: Death): void {
    for (const job of [...this.slots_.takeAllBack(), ...this.backlog_.clear()]) {
      this.settled_(job.reject(deathError(death, job.definition.name)));
    }
  }

  private rejectWaiters_(death: Death): void {
    // Whoever waits for nothing to be left may have it.
    this.notify_();
    const error = deathError(death, this.options_.name);
    this.waiters_.reject(error);
    this.notify_();
  }

  /** Ends all workers, and rejects all jobs. */
  async terminate(death: Death): Promise<void> {
    this.rejectJobs_(death);
    await this.crew_.close(death);
    this.rejectWaiters_(death);
    this.watchdog_.stop();
    this.sleep_.end();
  }

  // Waiting.

  /** Starts the workers that are always there. */
  fill(): void {
    this.crew_.fill(this.options_.min);
  }

  /** Starts them, and waits for them. */
  ready(): Promise<void> {
    this.fill();
    return this.until(() => this.crew_.readyCount >= this.options_.min);
  }

  /** Resolves when `isMet` is; it is looked at whenever something changed. */
  until(isMet: () => boolean): Promise<void> {
    if (isMet()) return Promise.resolve();
    this.hold_(true);
    this.sleep_.lookSoon();
    return this.waiters_.add(isMet);
  }

  private notify_(): void {
    this.waiters_.notify();
    if (this.waiters_.isEmpty && this.inFlight_ === 0) this.hold_(false);
  }

  /** Whether the process must live on. */
  private hold_(isHeld: boolean): void {
    this.watchdog_.hold(isHeld || !this.waiters_.isEmpty);
  }
}
