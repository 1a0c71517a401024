/** Threads with the loop that ships around their executors: an event loop whose events come in any order, and a clock. */
import { PENDING, complete, type Op } from "../../../core/op.js";
import { leave, running, stopTimer } from "../../../core/scheduler.js";
import type { Host } from "../machine.js";
import type { Strand } from "../../../core/scheduler.js";
import { OFFSET } from "../../../targets/node/threads/clock.js";
import { TaskLoop, ThreadPlatform, type Role } from "../../../targets/node/threads/tasks/loop.js";
import type { Flavor } from "../../../targets/node/threads/tasks/queues.js";
import type { SharedExecutor } from "../../../targets/node/threads/tasks/shared-executor.js";
import {
  LOCALS,
  MAIN,
  SLEEP_MS,
  awaitsHappening,
  makeThread,
  pendLocal,
  type Program,
  type Thread,
  type World,
} from "./task-world.js";

/** Events of an event loop: bits. */
const RESOLVED = 1;
const IMMEDIATE = 2;
const ALARM = 4;
/** What the task waits for on this thread comes about. */
const HAPPENS = 8;
/** A task that is this thread's alone is ready. */
const LOCAL = 16;

/** What a turn takes when it is long. */
const LONG_TURN = 10;

/** A thread between two steps, besides what task-world.ts keeps of it. */
const [PLACE, FIELDS, EVENTS, IS_LATER, ALARM_ARG, HAS_LOCAL] = [0, 7, 8, 9, 10, 11] as const;

/** Places of a thread: in its event loop, and in a turn where nothing that it saw before counts. */
const [EVENT_LOOP, ROUND, SEARCH, REST] = [0, 1, 2, 3] as const;

/** Of a {@link TaskLoop}; `running` is the scheduler's. */
const FLAGS = [
  "isTurning_",
  "isInTurn_",
  "isAsleep_",
  "isParked_",
  "mayDoze_",
  "isUrgent_",
  "isSearching_",
  "isStopped_",
] as const;
const RUNNING = 1 << FLAGS.length;
const PENDED = RUNNING << 1;
const ALARMED = PENDED << 1;
/** It has asked for its first turn, and may doze. */
const FIRST = (1 << FLAGS.indexOf("isTurning_")) | (1 << FLAGS.indexOf("mayDoze_"));

type Inside = Record<(typeof FLAGS)[number], boolean> & {
  alarm_: unknown;
  some_: () => boolean;
  search_: () => boolean;
  rest_: () => boolean;
  turn_(): void;
  woken_(): void;
  alarmed_(isUrgent: boolean): void;
};

/** Thrown at a place of a turn from where it goes on in a call of its own: what it saw before is forgotten. */
const CUT = { cut: true };

interface Options {
  readonly layout: World;
  readonly me: number;
  readonly flavor: Flavor;
  readonly program: Program;
  /** Whether what belongs to this thread alone becomes ready once, by an event. */
  readonly hasLocal?: boolean;
}

/** What a worker is told, and the main thread, which counts the ends of which it hears. */
const WORKER_ROLE = (executor: SharedExecutor): Role => ({
  blocks: true,
  runs: true,
  ended: (slot) => {
    executor.told(slot);
  },
});

export const HEARD = 20;
const MAIN_ROLE = (executor: SharedExecutor): Role => ({
  blocks: false,
  runs: false,
  ended: (slot) => {
    loom.count(HEARD);
    executor.told(slot);
  },
});

/** The timers of a thread with one task. */
class OneTimer {
  op: Op | null = null;
  private hasFired_ = false;

  constructor(private readonly roundEnds_: () => void) {}

  restore(op: Op | null): void {
    this.op = op;
    this.hasFired_ = false;
  }

  get isEmpty(): boolean {
    return this.op === null;
  }

  readonly deadline = SLEEP_MS;

  start(op: Op): void {
    this.op = op;
    op.at_ = SLEEP_MS;
  }

  stop(): void {
    this.op = null;
  }

  /** Each round of a turn begins so. */
  fire(now: number): void {
    if (this.hasFired_) {
      this.roundEnds_();
    }
    this.hasFired_ = true;
    const { op } = this;
    if (op === null || now < this.deadline) return;
    this.op = null;
    complete(op);
  }
}

/** A thread, made once. What it is between two calls of its body stands in `local`. */
class LoopThread {
  private readonly executor_: SharedExecutor;
  private readonly strand_: Strand;
  private readonly thread_: Thread;
  private readonly platform_: ThreadPlatform;
  private readonly loop_: Inside;
  private readonly methods_: Pick<Inside, "some_" | "search_" | "rest_">;
  private readonly timers_ = new OneTimer(() => this.cut_(ROUND));
  private readonly host_: Host;
  private local_: number[] = [];
  private events_ = 0;
  private arg_ = 0;
  private isLater_ = false;
  /** Whether it had something to do since it looked at the clock. */
  private hasWorked_ = false;
  private isLong_ = false;

  constructor({ layout, me, flavor, program }: Options) {
    const { table } = layout;
    this.thread_ = makeThread(layout, me, flavor, program);
    const { executor, strand } = this.thread_;
    [this.executor_, this.strand_] = [executor, strand];
    // Its clock counts from the start of the thread.
    table.doubles[2] = OFFSET;
    this.platform_ = new ThreadPlatform(table);
    const poll = executor.pollShared.bind(executor);
    const look = executor.look.bind(executor);
    Object.assign(executor, {
      ...{ timers: this.timers_, thread_: this.platform_, platform_: this.platform_ },
      pollShared: (slot: number) => {
        this.hasWorked_ = true;
        poll(slot);
      },
      look: (slot: number) => {
        this.hasWorked_ = true;
        look(slot);
      },
      run: () => {
        this.hasWorked_ = true;
        loom.count(LOCALS + me, -loom.count(LOCALS + me, 0));
      },
    });
    const role = me === MAIN ? MAIN_ROLE : WORKER_ROLE;
    this.loop_ = new TaskLoop(executor, this.platform_, role(executor)) as unknown as Inside;
    const { some_, search_, rest_ } = this.loop_;
    this.methods_ = { some_, search_, rest_ };
    this.host_ = this.makeHost_();
  }

  private makeHost_(): Host {
    return {
      now: () => this.now_(),
      setImmediate: () => (this.events_ |= IMMEDIATE),
      setTimeout: (_, delay, isUrgent) => {
        if (!(delay > 0)) loom.fail(`an alarm in ${delay} ms`);
        this.events_ |= ALARM;
        this.arg_ = isUrgent === true ? 1 : 0;
        return 1;
      },
      clearTimeout: () => (this.events_ &= ~ALARM),
    };
  }

  private now_(): number {
    if (this.hasWorked_) this.isLong_ = loom.choose(2) === 1;
    this.hasWorked_ = false;
    return (this.isLater_ ? SLEEP_MS : 0) + (this.isLong_ ? LONG_TURN : 0);
  }

  private restore_(local: number[]): void {
    const { loop_: loop, strand_: strand, timers_: timers, platform_: platform } = this;
    this.local_ = local;
    this.thread_.restore(local);
    timers.restore(awaitsTimer(strand) ? strand : null);
    loom.host = this.host_;
    this.hasWorked_ = this.isLong_ = false;
    this.events_ = local[EVENTS] ?? IMMEDIATE;
    this.arg_ = local[ALARM_ARG] ?? 0;
    this.isLater_ = local[IS_LATER] === 1;
    const fields = local[FIELDS] ?? FIRST;
    FLAGS.forEach((name, i) => (loop[name] = (fields & (1 << i)) !== 0));
    platform.isPended = (fields & PENDED) !== 0;
    loop.alarm_ = (fields & ALARMED) !== 0 ? 1 : null;
    if ((fields & RUNNING) !== 0) leave(strand);
  }

  private cut_(place: number): never {
    this.keep_(place);
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- made a million times
    throw CUT;
  }

  private keep_(place: number): void {
    const { loop_: loop, local_: local } = this;
    let fields = running === null ? 0 : RUNNING;
    FLAGS.forEach((name, i) => (fields |= loop[name] ? 1 << i : 0));
    if (this.platform_.isPended) fields |= PENDED;
    if (loop.alarm_ !== null) fields |= ALARMED;
    local[FIELDS] = fields;
    local[EVENTS] = this.events_;
    local[ALARM_ARG] = this.arg_;
    // The next sleep begins anew.
    local[IS_LATER] = this.isLater_ && !this.timers_.isEmpty ? 1 : 0;
    this.thread_.save(local);
    local[PLACE] = place;
  }

  /** Goes on with a turn, or has one event. */
  go(local: number[]): void {
    this.restore_(local);
    const place = local[PLACE] ?? EVENT_LOOP;
    this.cutBefore_(place);
    try {
      if (place === EVENT_LOOP) this.have_(this.awaitEvent_());
      else this.loop_.turn_();
    } catch (error) {
      if (error !== CUT) throw error;
      return;
    }
    this.keep_(EVENT_LOOP);
  }

  /** Has a turn that begins at `place` come there at once, and cuts it before it searches, or rests. */
  private cutBefore_(place: number): void {
    const { loop_: loop, platform_: platform } = this;
    const { some_: some, search_: search, rest_: rest } = this.methods_;
    const { isPended } = platform;
    if (place === SEARCH || place === REST) platform.isPended = false;
    let isThere = place <= ROUND;
    loop.search_ = () => (place === SEARCH ? search.call(loop) : this.cut_(SEARCH));
    loop.rest_ = () => (place === REST ? rest.call(loop) : this.cut_(REST));
    loop.some_ = () => {
      if (isThere) return some.call(loop);
      isThere = true;
      platform.isPended = isPended;
      return place === SEARCH && search.call(loop);
    };
  }

  private awaitEvent_(): number {
    let bits = this.events_;
    if (awaitsHappening(this.strand_)) bits |= HAPPENS;
    if (this.local_[HAS_LOCAL] === 1) bits |= LOCAL;
    // That others are busy is no reason to end, or not to.
    return loom.event(bits, this.timers_.isEmpty ? ALARM : 0);
  }

  private have_(event: number): void {
    const { loop_: loop } = this;
    this.events_ &= ~event;
    if (!this.timers_.isEmpty && !this.isLater_) this.isLater_ = event === ALARM || loom.choose(2) === 1;
    switch (event) {
      case RESOLVED:
        loop.woken_();
        break;
      case IMMEDIATE:
        loop.turn_();
        break;
      case ALARM:
        loop.alarmed_(this.arg_ === 1);
        break;
      case HAPPENS:
        complete(this.strand_);
        break;
      default:
        this.local_[HAS_LOCAL] = 0;
        pendLocal(this.executor_);
    }
  }
}

const awaitsTimer = ({ frame_: frame, state_: state, drop_: drop }: Strand): boolean =>
  frame !== null && state === PENDING && drop === stopTimer;

/** A worker, or the main thread, for ever. */
export function looping(options: Options) {
  const thread = new LoopThread(options);
  return (local: number[]): boolean => {
    if (local[HAS_LOCAL] === undefined) local[HAS_LOCAL] = options.hasLocal === true ? 1 : 0;
    thread.go(local);
    return false;
  };
}
