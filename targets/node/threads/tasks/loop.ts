/**
 * The loop of a thread that runs shared tasks.
 *
 *   turn: inbox, timers, tasks of this thread, shared tasks ... for some milliseconds -> the event loop -> turn
 *            `- nothing to do: search -> doze: the thread blocks, a moment -> park: in the event loop, until it is woken
 *
 * So sockets, files and timers of the host are served while tasks run, and while there are none.
 */
import type { Instant, Platform } from "../../../../core/index.js";
import { leave } from "../../../../core/scheduler.js";
import { EMPTY, take } from "../lock-free/ring.js";
import * as parking from "../lock-free/parking.js";
import { NONE } from "../lock-free/deque.js";
import { isTold } from "./ends.js";
import { lookIfTold } from "./look.js";
import { hasWork, next, search, workersAreBusy } from "./queues.js";
import type { SharedExecutor } from "./shared-executor.js";
import { OFFSET } from "../clock.js";
import { PARKS, count, countBusy } from "./counts.js";
import { startOf, type TaskTable } from "./table.js";

/** Milliseconds of tasks between two turns of the event loop. */
const SLICE = 2;
/** Polls after which the clock is looked at. */
const POLLS_A_CLOCK = 64;
/** Milliseconds for which a thread blocks before it leaves for the event loop. */
const DOZE = 1;
/** How often a thread that has nothing to do looks again while others work: what lies in their LIFO slots is theirs so long. */
const LOOK_AGAIN = 5;
/** A sleep without end, in milliseconds. */
const LONG = 0x3fffffff;

/** The platform of an executor on such a thread: clocks of all of them count from one moment. */
export class ThreadPlatform implements Platform {
  private readonly offset_: number;
  isPended = false;
  /** Told when the executor wants to run, outside of a turn. */
  pended: () => void = () => undefined;

  constructor(table: TaskTable) {
    this.offset_ = OFFSET - startOf(table);
  }

  now(): Instant {
    return (Math.floor(performance.now() + this.offset_) | 0) as Instant;
  }

  setAlarm(): void {
    // The loop asks for the next deadline before it sleeps.
  }

  pend(): void {
    this.isPended = true;
    this.stir();
  }

  /** A shared task of this thread is ready: by what the host told, there is no turn that will see it. */
  stir(): void {
    this.pended();
  }
}

export interface Role {
  /** Whether this thread may block. */
  readonly blocks: boolean;
  /** Whether it takes tasks. */
  readonly runs: boolean;
  /** Told of the end of a task that this thread watches. */
  ended(slot: number): void;
}

export class TaskLoop {
  private isTurning_ = false;
  private isInTurn_ = false;
  private isAsleep_ = false;
  /** A `waitAsync` is under way: of the word, whatever happens meanwhile. */
  private isParked_ = false;
  private alarm_: NodeJS.Timeout | null = null;
  private mayDoze_ = true;
  private isUrgent_ = false;
  /** Whether others may believe that it searches. */
  private isSearching_ = false;
  private isStopped_ = false;
  private busySince_ = 0;

  constructor(
    private readonly executor_: SharedExecutor,
    private readonly platform_: ThreadPlatform,
    private readonly role_: Role,
  ) {
    platform_.pended = () => {
      if (!this.isInTurn_) this.turnSoon();
    };
  }

  /** Has a turn when the event loop comes to it. */
  turnSoon(): void {
    if (this.isTurning_ || this.isStopped_) return;
    this.isTurning_ = true;
    setImmediate(this.turn_);
  }

  /** Has no more turns. */
  stop(): void {
    const { table, member } = this.executor_;
    this.isStopped_ = true;
    this.clearAlarm_();
    // The engine keeps the memory of who waits, for good, unless somebody wakes it.
    Atomics.notify(table.parking.words, parking.sleepsOn(table.parking, member.me));
  }

  private readonly turn_ = (): void => {
    this.isTurning_ = false;
    if (this.isStopped_) return;
    if (this.isAsleep_) this.awake_();
    this.isInTurn_ = true;
    try {
      this.executor_.enter(this.work_);
    } finally {
      // What the host hung in may throw; the next turn goes on after it.
      this.isInTurn_ = false;
      // Who is polled is not woken, and from here on nobody is.
      leave(null);
    }
  };

  /** Works for a slice, or until there is nothing to do. */
  private readonly work_ = (): void => {
    const { executor_: executor, platform_: platform } = this;
    const start = performance.now();
    this.busySince_ = start;
    for (;;) {
      // What is done now is not done by the task that was polled last.
      leave(null);
      executor.timers.fire(platform.now());
      if (platform.isPended) {
        platform.isPended = false;
        executor.run();
      }
      if (this.some_()) {
        const now = performance.now();
        if (now - start < SLICE) continue;
        this.restsFrom_(now);
        this.turnSoon();
        return;
      }
      if (!this.rest_()) return;
    }
  };

  /** Polls some tasks; false when there were none. */
  private some_(): boolean {
    const { executor_: executor } = this;
    const hadMail = this.mail_();
    for (let i = 0; i < POLLS_A_CLOCK; i++) {
      const pinned = executor.takePinned();
      if (pinned >= 0) this.poll_(pinned);
      const item = this.role_.runs ? next(executor.member) : NONE;
      if (item !== NONE) this.poll_(item);
      else if (pinned < 0) return i > 0 || hadMail || (this.role_.runs && this.search_());
    }
    return true;
  }

  private poll_(slot: number): void {
    if (this.isSearching_) this.endSearch_();
    this.executor_.pollShared(slot);
  }

  /** It has work: others no longer rely on its search. */
  private endSearch_(): void {
    const { table, member } = this.executor_;
    this.isSearching_ = false;
    this.isUrgent_ = false;
    if (this.role_.runs) parking.searchEnds(table.parking, member.me);
  }

  /** What other threads have for this one. */
  private mail_(): boolean {
    const { executor_: executor } = this;
    const { table, member } = executor;
    const inbox = table.inboxes[member.me]!;
    const ended = table.ends[member.me]!;
    let hasSome = lookIfTold(table, member.me);
    for (let slot = take(inbox); slot !== EMPTY; slot = take(inbox)) {
      executor.look(slot);
      hasSome = true;
    }
    for (let slot = take(ended); slot !== EMPTY; slot = take(ended)) {
      if (isTold(table, slot, member.me)) this.role_.ended(slot);
      hasSome = true;
    }
    return hasSome;
  }

  /** Takes a task from others, and polls it. */
  private search_(): boolean {
    const { member, table } = this.executor_;
    if (!parking.tryToSearch(table.parking, member.me)) return false;
    this.isSearching_ = true;
    const item = search(member, this.isUrgent_);
    if (item === NONE) return false;
    this.poll_(item);
    return true;
  }

  /** There is nothing to do: sleeps; true when there is something again. */
  private rest_(): boolean {
    const { executor_: executor, platform_: platform } = this;
    const { table, member } = executor;
    parking.prepareToSleep(table.parking, member.me);
    if (hasWork(member) || executor.hasPinned || platform.isPended) {
      this.isSearching_ = true;
      parking.stayAwake(table.parking, member.me);
      return true;
    }
    this.restsFrom_(performance.now());
    if (this.role_.runs) count(table, member.me, PARKS);
    executor.observer?.isIdle();
    const timers = executor.timers.isEmpty ? LONG : (executor.timers.deadline - platform.now()) | 0;
    // A wake resolves what is under way from an earlier sleep, and not what blocks here.
    if (this.role_.blocks && this.mayDoze_ && !this.isParked_) {
      this.mayDoze_ = this.doze_(Math.min(timers, DOZE));
      if (this.mayDoze_ || timers <= DOZE) return true;
      // Nobody came: the event loop has its turn before this thread goes on to sleep.
      this.turnSoon();
      return false;
    }
    this.park_(Math.max(timers, 0));
    return false;
  }

  /** Blocks; whether somebody woke this thread. */
  private doze_(timeout: number): boolean {
    const { table, member } = this.executor_;
    this.isSearching_ = true;
    let isWoken = false;
    if (timeout > 0) isWoken = parking.sleep(table.parking, member.me, timeout);
    else parking.stayAwake(table.parking, member.me);
    this.busySince_ = performance.now();
    return isWoken;
  }

  /** What it did until `now` was work. */
  private restsFrom_(now: number): void {
    const { table, member } = this.executor_;
    countBusy(table, member.me, now - this.busySince_);
    this.busySince_ = now;
  }

  /** Leaves for the event loop. */
  private park_(timeout: number): void {
    const { table, member } = this.executor_;
    const { parking: place } = table;
    this.isAsleep_ = true;
    const isBusy = this.role_.runs && workersAreBusy(member);
    const delay = isBusy ? Math.min(timeout, LOOK_AGAIN) : timeout;
    this.clearAlarm_();
    if (delay < LONG) this.alarm_ = setTimeout(this.alarmed_, delay, isBusy);
    if (this.isParked_) {
      // It may have been woken since it said that it sleeps: then nobody resolves what is under way for an earlier sleep.
      if (Atomics.load(place.words, parking.sleepsOn(place, member.me)) !== parking.SLEEPS_BY)
        this.turnSoon();
      return;
    }
    const wait = Atomics.waitAsync(place.words, parking.sleepsOn(place, member.me), parking.SLEEPS_BY);
    if (!wait.async) {
      this.turnSoon();
      return;
    }
    this.isParked_ = true;
    void wait.value.then(this.woken_);
  }

  private readonly woken_ = (): void => {
    this.isParked_ = false;
    this.mayDoze_ = true;
    this.turn_();
  };

  private readonly alarmed_ = (isUrgent: boolean): void => {
    this.alarm_ = null;
    this.isUrgent_ = isUrgent;
    this.turn_();
  };

  private awake_(): void {
    this.isAsleep_ = false;
    this.clearAlarm_();
    this.isSearching_ = true;
    parking.stayAwake(this.executor_.table.parking, this.executor_.member.me);
  }

  private clearAlarm_(): void {
    if (this.alarm_ !== null) clearTimeout(this.alarm_);
    this.alarm_ = null;
  }
}
