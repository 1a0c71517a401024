/** A lane: the loops of its workers as they ship, and the sleep of the main thread, each in an event loop. */
import { Crew } from "../../../targets/node/threads/crew.js";
import {
  INLINE,
  LaneMemory,
  PRIORITIES,
  READY,
  RETURNED,
  laneWords,
} from "../../../targets/node/threads/memory.js";
import { MainSleep } from "../../../targets/node/threads/main-sleep.js";
import { WorkerLoop } from "../../../targets/node/threads/worker/loop.js";
import type { Host } from "../machine.js";

export const SLOTS = 2;
/** The queue of most jobs. */
export const NORMAL = 1;

/** Ghost words: how often each slot was run, and answered. */
export const RUN = 0;
export const SETTLED = 4;

/** Events: bits. A job that waits for its own events settles. */
const RESOLVED = 1;
const IMMEDIATE = 2;
const TICK = 4;
const SETTLES = 8;
const SUBMITS = 16;

/** What a job that is long takes, in ms. */
const LONG_JOB = 10;

/** Thrown where a thread goes on in a call of its own: what it saw before is forgotten. */
const CUT = { cut: true };

/** The flags of `object` as bits, and back. */
function flagsOf(object: Record<string, unknown>, names: readonly string[]): number {
  return names.reduce((bits, name, i) => (object[name] === true ? bits | (1 << i) : bits), 0);
}

function setFlags(object: Record<string, unknown>, names: readonly string[], bits: number): void {
  names.forEach((name, i) => (object[name] = (bits & (1 << i)) !== 0));
}

/** What a thread has seen of queues is kept behind its other numbers. */
const SEEN = 10;

function keepSeen({ seen }: LaneMemory, local: number[]): void {
  seen.forEach((each, i) => (local[SEEN + i] = each));
}

function restoreSeen({ seen }: LaneMemory, local: readonly number[]): void {
  seen.forEach((_, i) => (seen[i] = local[SEEN + i] ?? 0));
}

/** A host of which nothing is asked but what `given` has. */
const hostOf = (given: Partial<Host>): Host => ({
  now: () => 0,
  setImmediate: () => undefined,
  setTimeout: () => undefined,
  clearTimeout: () => undefined,
  ...given,
});

// Workers.

const [BEGUN, WORKER_FLAGS, EVENTS, UNDER_WAY, UNCLOCKED, SETTLING, PLACE] = [0, 1, 2, 3, 4, 5, 6] as const;
const OF_WORKER = ["isParked_", "isTurning_", "isAsleep_", "isBusy_", "isCondemned_", "wakesNext_"];

/** Places of a worker: in its event loop, before it takes a job, and before it rests. */
const [EVENT_LOOP, TAKE, REST] = [0, 1, 2] as const;

interface InsideWorker extends Record<string, unknown> {
  underWay_: number;
  unclocked_: number;
  begin(): void;
  turn_(): void;
  unpark_(): void;
  takeJobs_(): void;
  rest_: () => boolean;
  return_(slot: number, result: unknown): void;
  goOn_(): void;
}

/** A worker, made once: what it is between two calls of its body stands in `local`. */
class WorkerThread {
  private readonly loop_: InsideWorker;
  private readonly host_: Host;
  private local_: number[] = [];
  private events_ = 0;
  private running_ = -1;
  /** Jobs whose end is an event, a bit each. */
  private settling_ = 0;
  private isFirst_ = true;

  constructor(
    private readonly memory_: LaneMemory,
    private readonly me_: number,
    private readonly waits_: number,
  ) {
    const { workers } = memory_;
    const take = memory_.take.bind(memory_);
    const buffer = new SharedArrayBuffer(4 * laneWords(workers));
    const port = { on: () => undefined, postMessage: () => undefined };
    const start = { buffer, workers, worker: me_, port, concurrency: 1, measures: false, definitions: [] };
    const loop = new WorkerLoop(start as never) as unknown as InsideWorker;
    const rest = loop.rest_.bind(loop);
    this.loop_ = Object.assign(loop, {
      rest_: () => (this.local_[PLACE] === REST ? rest() : this.cut_(REST)),
      memory_: Object.assign(memory_, { take: () => this.take_(take) }),
      packing_: { unpack: () => [], pack: () => true },
      callables_: { get: () => () => this.run_() },
    });
    this.host_ = hostOf({
      // Asked after a job, and when a turn begins, from which on it counts.
      now: () => (this.running_ >= 0 && loom.choose(2) === 1 ? LONG_JOB : 0),
      setImmediate: () => (this.events_ |= IMMEDIATE),
    });
  }

  /** Takes a job, or none when it is about to rest; each round of its loop begins so. */
  private take_(take: (me: number) => number): number {
    if (!this.isFirst_) this.cut_(TAKE);
    this.isFirst_ = false;
    return this.local_[PLACE] === REST ? -1 : (this.running_ = take(this.me_));
  }

  private run_(): unknown {
    const { running_: slot } = this;
    if (loom.count(RUN + slot) > 1) loom.fail(`job ${slot} was run twice`);
    if ((this.waits_ & (1 << slot)) === 0) return true;
    this.settling_ |= 1 << slot;
    return { then: () => undefined };
  }

  private cut_(place: number): never {
    this.keep_(place);
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- made a million times
    throw CUT;
  }

  private keep_(place: number): void {
    const { loop_: loop, local_: local } = this;
    local[WORKER_FLAGS] = flagsOf(loop, OF_WORKER);
    [local[EVENTS], local[UNDER_WAY], local[UNCLOCKED]] = [this.events_, loop.underWay_, loop.unclocked_];
    [local[SETTLING], local[PLACE]] = [this.settling_, place];
    keepSeen(this.memory_, local);
  }

  private restore_(local: number[]): void {
    const { loop_: loop } = this;
    this.local_ = local;
    restoreSeen(this.memory_, local);
    loom.host = this.host_;
    this.isFirst_ = true;
    this.running_ = -1;
    setFlags(loop, OF_WORKER, local[WORKER_FLAGS] ?? 0);
    this.events_ = local[EVENTS] ?? 0;
    this.settling_ = local[SETTLING] ?? 0;
    const numbers = {
      turned_: 0,
      ended_: 0,
      underWay_: local[UNDER_WAY] ?? 0,
      unclocked_: local[UNCLOCKED] ?? 1,
    };
    Object.assign(loop, numbers);
  }

  go(local: number[]): void {
    this.restore_(local);
    const isNew = local[BEGUN] !== 1;
    local[BEGUN] = 1;
    try {
      if (isNew) this.loop_.begin();
      else if (local[PLACE] !== EVENT_LOOP) this.loop_.takeJobs_();
      else this.have_(loom.event(this.events_ | (this.settling_ * SETTLES), 0));
    } catch (error) {
      if (error !== CUT) throw error;
      return;
    }
    this.keep_(EVENT_LOOP);
  }

  private have_(event: number): void {
    const { loop_: loop } = this;
    this.events_ &= ~event;
    if (event === RESOLVED) loop.unpark_();
    else if (event === IMMEDIATE) loop.turn_();
    else {
      const slot = 31 - Math.clz32(event / SETTLES);
      this.settling_ &= ~(1 << slot);
      loop.return_(slot, true);
      loop.goOn_();
    }
  }
}

/** Worker `me`, with its own view of the memory, for ever; jobs in the slots of `waits`, a bit each, wait for their own events. */
export function workerOf(memory: LaneMemory, me: number, waits: number) {
  const thread = new WorkerThread(memory, me, waits);
  return (local: number[]): boolean => {
    thread.go(local);
    return false;
  };
}

// The main thread.

const [MAIN_FLAGS, MAIN_EVENTS, NEXT, IN_FLIGHT, MAIN_TURNS, READ] = [0, 1, 2, 3, 4, 5] as const;
const OF_MAIN = ["isLooking_", "isAsleep_", "wasShort_"];

interface InsideMain extends Record<string, unknown> {
  turns_: number;
  lookSoon(): void;
  look_(): void;
  woken_(): void;
}

/** Of 64 turns: one more is as good as many. */
const FIRST_TURN = 63;

/** The main thread, likewise, with what of `Lane` reads answers and submits jobs. */
class MainThread {
  private readonly places_: readonly { readonly number: number; readonly isReady: boolean }[];
  private readonly crew_ = Object.create(Crew.prototype) as Crew;
  private readonly sleep_: InsideMain;
  private readonly host_: Host;
  private events_ = 0;
  private inFlight_ = 0;
  private isWoken_ = false;
  private read_: number[] = [];

  constructor(
    private readonly memory_: LaneMemory,
    private readonly queues_: readonly number[],
  ) {
    this.places_ = Array.from({ length: memory_.workers }, (_, number) => ({ number, isReady: true }));
    Object.assign(this.crew_, { memory_, places_: this.places_ });
    const waiting = {
      isWaiting: () => this.inFlight_ > 0,
      hasAnswers: () => this.places_.some(({ number }) => memory_.answered(number) !== this.read_[number]),
      collect: () => this.places_.filter(({ number }) => this.collect_(number)).length > 0,
      rouse: () => {
        if (memory_.waiting > 0) this.crew_.wakeOne();
      },
    };
    this.sleep_ = new MainSleep(memory_, waiting) as unknown as InsideMain;
    this.host_ = hostOf({
      // It slept for long, or not.
      now: () => (this.isWoken_ && loom.choose(2) === 1 ? LONG_JOB : 0),
      nextTick: () => (this.events_ |= TICK),
      setImmediate: () => (this.events_ |= IMMEDIATE),
    });
  }

  private collect_(who: number): boolean {
    const { memory_: memory, read_: read } = this;
    const end = memory.answered(who);
    const isNew = read[who] !== end;
    for (; read[who]! < end; read[who]!++) {
      const slot = memory.answerAt(who, read[who]!);
      if (slot === READY) continue;
      if (memory.outcomeOf(slot) !== RETURNED) loom.fail("an answer that is none");
      if (loom.count(SETTLED + slot) > 1) loom.fail("answered twice");
      this.inFlight_--;
    }
    return isNew;
  }

  private submit_(slot: number): void {
    const queue = this.queues_[slot]!;
    this.inFlight_++;
    this.memory_.queue(slot, 0, INLINE);
    this.memory_.offer(queue, slot);
    if (queue >= PRIORITIES) this.crew_.rouse(queue - PRIORITIES);
    else if (!this.crew_.hasNapper) this.crew_.wakeOne();
    this.sleep_.lookSoon();
  }

  go(local: number[]): void {
    const { sleep_: sleep } = this;
    restoreSeen(this.memory_, local);
    loom.host = this.host_;
    setFlags(sleep, OF_MAIN, local[MAIN_FLAGS] ?? 0);
    [this.events_, this.inFlight_] = [local[MAIN_EVENTS] ?? 0, local[IN_FLIGHT] ?? 0];
    Object.assign(sleep, { since_: 0, turns_: local[MAIN_TURNS] ?? FIRST_TURN });
    this.read_ = this.places_.map(({ number }) => local[READ + number] ?? 0);
    const next = local[NEXT] ?? 0;
    const event = this.awaitEvent_(next < this.queues_.length);
    this.events_ &= ~event;
    this.isWoken_ = event === RESOLVED;
    if (event === SUBMITS) this.submit_(next);
    else if (this.isWoken_) sleep.woken_();
    else sleep.look_();
    local[NEXT] = event === SUBMITS ? next + 1 : next;
    [local[MAIN_FLAGS], local[MAIN_EVENTS]] = [flagsOf(sleep, OF_MAIN), this.events_];
    [local[IN_FLIGHT], local[MAIN_TURNS]] = [this.inFlight_, sleep.turns_ === 0 ? FIRST_TURN : sleep.turns_];
    this.read_.forEach((each, who) => (local[READ + who] = each));
    keepSeen(this.memory_, local);
  }

  /** Ticks come before all else. */
  private awaitEvent_(hasMore: boolean): number {
    if ((this.events_ & TICK) !== 0) return loom.event(TICK, 0);
    return loom.event(this.events_ | (hasMore ? SUBMITS : 0), 0);
  }
}

/** The main thread, which submits jobs, one by one, each into its queue of `queues`, and is there for ever. */
export function mainOf(memory: LaneMemory, queues: readonly number[]) {
  const thread = new MainThread(memory, queues);
  return (local: number[]): boolean => {
    thread.go(local);
    return false;
  };
}
