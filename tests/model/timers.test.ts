/** The wheel of hosts, and the list and the scan of device builds, beside deadlines that never wrap, from starts close to where an int32 does. */
import fc from "fast-check";
import * as assert from "uvu/assert";
import { DONE, PENDING, makeOp, type Op } from "../../core/op.js";
import { tasks } from "../../core/board/tasks.js";
import { file, fire, head, unfile } from "../../core/board/timer-list.js";
import * as scan from "../../core/board/timer-scan.js";
import { HOP, TimerWheel } from "../../core/timer-wheel.js";
import type { Instant } from "../../core/types.js";
import { below, check } from "../support/model.js";
import { suite } from "../support/suite.js";

const test = suite("model: timers");

/** What a timer does when it fires: nothing, sets another, or takes one out. */
type Then = ["nothing"] | ["start", number] | ["stop", number];
type Step = ["start", number, Then] | ["stop" | "advance" | "stall", number];

const short = fc.oneof(below(6), fc.constantFrom(-5, 0.25, 1.5, 7, 7.5, 1000));
const long = fc.oneof(
  fc.constantFrom(HOP - 1, HOP, HOP + 0.5, HOP + 1, 2 * HOP, 2 ** 31, 3 * HOP - 1, 2 ** 33 + 7, Infinity),
  fc.integer({ min: 2 ** 30, max: 2 ** 36 }),
);
const delay = fc.oneof({ weight: 3, arbitrary: short }, { weight: 1, arbitrary: long });
const nothingOrStart = [fc.constant<Then>(["nothing"]), fc.tuple(fc.constant("start"), delay)];
const stop = fc.tuple(fc.constant("stop"), below(10));
const span = fc.oneof(below(20), fc.constantFrom(HOP - 1, HOP, HOP + 3, 2 ** 33));

const steps = (stops: (typeof stop)[]): fc.Arbitrary<Step[]> => {
  const then = fc.oneof<fc.Arbitrary<Then>[]>(...nothingOrStart, ...stops);
  const start = fc.tuple(fc.constant("start"), delay, then);
  const passes = [fc.tuple(fc.constant("advance"), span), fc.tuple(fc.constant("stall"), below(HOP))];
  return fc.array(fc.oneof<fc.Arbitrary<Step>[]>(start, start, ...stops, ...passes), {
    maxLength: 40,
    size: "max",
  });
};
const starts = fc.oneof(
  fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
  fc.constantFrom(0, -1, 2 ** 31 - 1, 2 ** 31 - 5, -(2 ** 31)),
);

interface Timer {
  readonly name: number;
  readonly op: Op;
  readonly deadline: number;
  readonly isLong: boolean;
  readonly then: Then;
}

/** What both have. */
type Timers = Pick<TimerWheel, "start" | "stop" | "fire" | "isEmpty" | "deadline">;

/** That of device builds, of which there is one. */
class TimerList implements Timers {
  readonly start = file;
  readonly stop = unfile;
  readonly fire = fire;

  constructor() {
    head.next_ = null;
  }

  get isEmpty(): boolean {
    return head.next_ === null;
  }

  get deadline(): Instant {
    return head.next_!.at_ as Instant;
  }
}

/** That of device builds with few tasks; here there are as many as timers. It completes what is due in the order of tasks. */
class TimerScan implements Timers {
  private now = 0 as Instant;

  constructor() {
    tasks.length = 0;
  }

  start(op: Op, now: Instant, delay: number): void {
    tasks.push(op as never);
    scan.file(op, now, delay);
    this.now = now;
  }

  stop(): void {
    throw new Error("nothing is given up");
  }

  fire(now: Instant): void {
    this.now = now;
    scan.fire(now);
  }

  get isEmpty(): boolean {
    return tasks.every((each) => !each.rest_);
  }

  /** Nothing is due when it is asked for this. */
  get deadline(): Instant {
    return ((this.now + scan.fire(this.now)) | 0) as Instant;
  }
}

/** The queue, and in `timers` what it should hold, in the order made. */
class Pair {
  readonly queue: Timers;
  readonly timers: Timer[] = [];
  private elapsed = 0;
  private count = 0;

  constructor(
    Queue: new () => Timers,
    private readonly start: number,
  ) {
    this.queue = new Queue();
  }

  get now(): Instant {
    return ((this.start + this.elapsed) | 0) as Instant;
  }

  set(delay: number, then: Then): void {
    const op = makeOp(null as never);
    op.state_ = PENDING;
    const whole = Math.max(1, Math.ceil(delay));
    const isLong = delay >= HOP;
    const timer = { name: this.count++, op, deadline: this.elapsed + whole, isLong, then };
    op.done_ = () => this.done(timer);
    this.queue.start(op, this.now, delay);
    this.timers.push(timer);
  }

  stop(which: number): void {
    const [timer] = this.timers.splice(which % this.timers.length, 1);
    if (timer !== undefined) this.queue.stop(timer.op);
  }

  /** Lets time pass as an executor does: from deadline to deadline. */
  advance(span: number): void {
    const end = this.elapsed + span;
    while (!this.queue.isEmpty) {
      const wait = (this.queue.deadline - this.now) | 0;
      assert.ok(wait <= HOP, `an alarm in ${wait}`);
      if (this.elapsed + wait > end) break;
      this.elapsed += Math.max(wait, 0);
      this.queue.fire(this.now);
    }
    this.elapsed = end;
    this.check();
  }

  /** Looks at the clock late. */
  stall(span: number): void {
    this.elapsed += span;
    this.queue.fire(this.now);
    this.check();
  }

  /** Must be the one whose turn it is: the earliest, and of equal ones the first made, unless it came in hops. */
  private done(timer: Timer): void {
    assert.is(timer.op.state_, DONE);
    assert.ok(timer.deadline <= this.elapsed, `${timer.name} is early`);
    assert.ok(this.timers.includes(timer), `${timer.name} was taken out`);
    for (const other of this.queue instanceof TimerScan ? [] : this.timers) {
      const isFirst = other.name < timer.name && !other.isLong && !timer.isLong;
      const isEarlier = other.deadline < timer.deadline || (other.deadline === timer.deadline && isFirst);
      assert.not.ok(isEarlier, `${timer.name} overtakes ${other.name}`);
    }
    this.timers.splice(this.timers.indexOf(timer), 1);
    if (timer.then[0] === "start") this.set(timer.then[1], ["nothing"]);
    else if (timer.then[0] === "stop") this.stop(timer.then[1]);
  }

  /** Nothing that is due is left, and the queue holds exactly the rest. */
  check(): void {
    for (const timer of this.timers) {
      assert.ok(timer.deadline > this.elapsed, `${timer.name} is late`);
      assert.is(timer.op.state_, PENDING);
    }
    assert.is(this.queue.isEmpty, this.timers.length === 0);
    if (this.timers.length === 0) return;
    const nearest = Math.min(...this.timers.map((each) => each.deadline));
    assert.ok(((this.queue.deadline - this.now) | 0) <= nearest - this.elapsed, "the alarm comes too late");
  }
}

function behaves(Queue: new () => Timers, all: fc.Arbitrary<Step[]>): void {
  check(
    fc.tuple(starts, all),
    ([start, run]) => {
      const pair = new Pair(Queue, start);
      for (const step of run) {
        if (step[0] === "start") pair.set(step[1], step[2]);
        else if (step[0] === "stop") pair.stop(step[1]);
        else if (step[0] === "advance") pair.advance(step[1]);
        else pair.stall(step[1]);
      }
      pair.advance(10);
    },
    3000,
  );
}

test("TimerScan completes each timer at its time", () => {
  behaves(TimerScan, steps([]));
});

for (const Queue of [TimerWheel, TimerList]) {
  test(`${Queue.name} completes each timer at its time, in order, and none that was taken out`, () => {
    behaves(Queue, steps([stop]));
  });
}

for (const Queue of [TimerWheel, TimerList, TimerScan]) {
  test(`${Queue.name} waits the whole of 2^53 milliseconds`, () => {
    waitsLong(new Queue());
  });
}

function waitsLong(queue: Timers): void {
  const op = makeOp(null as never);
  op.state_ = PENDING;
  queue.start(op, 5 as Instant, 2 ** 53);
  let elapsed = 0;

  for (let now = 5; !queue.isEmpty;) {
    const at = queue.deadline;
    elapsed += (at - now) | 0;
    now = at;
    queue.fire(at);
  }

  assert.equal([op.state_, elapsed], [DONE, 2 ** 53]);
}
