/**
 * What waits for time, beside naive twins that look at every millisecond: throttle, debounce, interval and wall clock,
 * with waiters that give up at any point, from clocks close to where an int32 wraps.
 */
import fc from "fast-check";
import * as assert from "uvu/assert";
import { DONE, drop, makeOp, take, type Op } from "../../core/op.js";
import { aim, type Strand } from "../../core/scheduler.js";
import { Debounce } from "../../core/time/debounce.js";
import { Interval, type Missed } from "../../core/time/interval.js";
import { Throttle } from "../../core/time/throttle.js";
import { WallClock } from "../../core/time/wall-clock.js";
import { TimerWheel } from "../../core/timer-wheel.js";
import type { Instant, Ticks } from "../../core/types.js";
import { below, check } from "../support/model.js";
import { suite } from "../support/suite.js";

const test = suite("model: core/time");

/** A clock, its timers, and waiters by number. What completes is noted with the time. */
class Bench {
  elapsed = 0;
  readonly log: string[] = [];
  private readonly wheel = new TimerWheel();
  private readonly strand: Strand;
  private readonly waiters = new Map<number, Op>();

  constructor(private readonly start: number) {
    const executor = {
      now: () => this.now,
      timers: this.wheel,
      startTimer: (op: Op, delay: number) => {
        this.wheel.start(op, this.now, delay);
      },
    };
    this.strand = { executor_: executor } as unknown as Strand;
  }

  get now(): Instant {
    return ((this.start + this.elapsed) | 0) as Instant;
  }

  wait(who: number, begin: () => unknown): void {
    const op = makeOp(this.strand);
    this.waiters.set(who, op);
    aim(op);
    begin();
    this.collect();
  }

  giveUp(who: number): void {
    const op = this.waiters.get(who);
    this.waiters.delete(who);
    if (op !== undefined) drop(op);
    this.collect();
  }

  advance(span: number): void {
    for (let i = 0; i < span; i++) {
      this.elapsed++;
      this.wheel.fire(this.now);
      this.collect();
    }
  }

  /** As tasks that are polled at once, in the order they came. */
  collect(): void {
    for (const [who, op] of this.waiters) {
      if (op.state_ !== DONE) continue;
      this.waiters.delete(who);
      this.log.push(`${who} at ${this.elapsed}: ${String(take(op))}`);
    }
  }
}

/** What should happen, millisecond by millisecond; `serve` looks who is to be completed now. */
class Twin {
  readonly expected: string[] = [];
  queue: number[] = [];
  time = 0;

  /** Who waits longest is done, with `value`. */
  complete(value: unknown): void {
    this.expected.push(`${this.queue.shift()!} at ${this.time}: ${String(value)}`);
  }

  /** One of those who wait, by `which`, waits no more; -1 when nobody waits. */
  giveUp(which: number): number {
    const gone = this.queue[which % Math.max(this.queue.length, 1)] ?? -1;
    this.queue = this.queue.filter((each) => each !== gone);
    return gone;
  }

  advance(span: number, serve: () => void): void {
    for (const end = this.time + span; this.time < end;) {
      this.time++;
      serve();
    }
  }
}

type Step = ["wait" | "giveUp" | "set" | "step", number] | ["advance", number];

const starts = fc.constantFrom(0, -1, 2 ** 31 - 1, 2 ** 31 - 40, -(2 ** 31));
const steps = (...kinds: Step[0][]): fc.Arbitrary<Step[]> =>
  fc.array(
    fc.oneof<fc.Arbitrary<Step>[]>(
      ...kinds.map((kind) => fc.tuple(fc.constant(kind as "wait"), below(12))),
      fc.tuple(fc.constant("advance" as const), below(60)),
    ),
    { maxLength: 40, size: "max" },
  );

test("throttle: turns in the order asked for, a period apart, none for those who gave up", () => {
  check(
    fc.tuple(starts, fc.integer({ min: 1, max: 30 }), steps("wait", "giveUp")),
    ([start, period, all]) => {
      const bench = new Bench(start);
      const throttle = new Throttle(period as Ticks);
      const twin = new Twin();
      let last = -Infinity;
      const serve = (): void => {
        if (twin.queue.length === 0 || twin.time < last + period) return;
        last = twin.time;
        twin.complete(undefined);
      };
      all.forEach(([what, value], who) => {
        if (what === "wait") {
          twin.queue.push(who);
          serve();
          bench.wait(who, () => throttle.turn());
        } else if (what === "giveUp") bench.giveUp(twin.giveUp(value));
        else {
          twin.advance(value, serve);
          bench.advance(value);
        }
      });
      assert.equal(bench.log, twin.expected);
    },
  );
});

test("debounce: the last value, once it was quiet, to who waits longest", () => {
  check(
    fc.tuple(starts, fc.integer({ min: 1, max: 30 }), steps("wait", "giveUp", "set", "set")),
    ([start, quiet, all]) => {
      const bench = new Bench(start);
      const debounce = new Debounce<number>(quiet as Ticks);
      const twin = new Twin();
      let latest: { value: number; at: number } | null = null;
      let hasClock = false;
      const serve = (): void => {
        if (twin.queue.length === 0 || latest === null || twin.time < latest.at + quiet) return;
        twin.complete(latest.value);
        latest = null;
      };
      all.forEach(([what, value], who) => {
        if (what === "wait") {
          // What was set before anybody waited counts from then.
          if (!hasClock && latest !== null) latest.at = twin.time;
          hasClock = true;
          twin.queue.push(who);
          serve();
          bench.wait(who, () => debounce.settled());
        } else if (what === "set") {
          latest = { value, at: twin.time };
          debounce.set(value);
        } else if (what === "giveUp") bench.giveUp(twin.giveUp(value));
        else {
          twin.advance(value, serve);
          bench.advance(value);
        }
      });
      assert.equal(bench.log, twin.expected);
    },
  );
});

test("debounce: what a woken waiter gave up on goes to the next", () => {
  const bench = new Bench(0);
  const debounce = new Debounce<string>(5 as Ticks);
  const woken = makeOp((bench as unknown as { strand: Strand }).strand);
  aim(woken);
  void debounce.settled();
  bench.wait(1, () => debounce.settled());
  debounce.set("value");
  bench.advance(5);
  assert.is(woken.state_, DONE);

  drop(woken);
  bench.collect();

  assert.equal(bench.log, ["1 at 5: value"]);
});

test("interval: one tick for each call, and what was missed by its policy", () => {
  const policies = fc.constantFrom<Missed>("burst", "skip", "delay");
  check(
    fc.tuple(starts, fc.integer({ min: 1, max: 30 }), policies, steps("wait", "giveUp")),
    ([start, period, missed, all]) => {
      const bench = new Bench(start);
      const interval = new Interval(period as Ticks, missed);
      const twin = new Twin();
      let next = -1;
      const serve = (): void => {
        if (twin.queue.length === 0 || twin.time < next) return;
        const late = Math.floor((twin.time - next) / period);
        twin.complete(late);
        if (missed === "burst") next += period;
        else if (missed === "skip") next += period * (late + 1);
        else next = twin.time + period;
      };
      all.forEach(([what, value], who) => {
        if (what === "wait" && twin.queue.length === 0) {
          twin.queue.push(who);
          if (next < 0) next = twin.time + period;
          serve();
          bench.wait(who, () => interval.tick());
        } else if (what === "giveUp") bench.giveUp(twin.giveUp(0));
        else if (what === "advance") {
          twin.advance(value, serve);
          bench.advance(value);
        }
      });
      assert.equal(bench.log, twin.expected);
    },
  );
});

test("interval: a tick that is overdue by more than 2^31 ms is given at once", () => {
  const bench = new Bench(0);
  const interval = new Interval(1000 as Ticks, "skip");
  bench.wait(0, () => interval.tick());
  bench.advance(1000);
  bench.elapsed += 2 ** 31 + 5000;

  bench.wait(1, () => interval.tick());

  assert.equal(bench.log, ["0 at 1000: 0", `1 at ${2 ** 31 + 6000}: ${Math.floor((2 ** 31 + 4000) / 1000)}`]);
});

test("wall clock: everybody at their time, however it steps", () => {
  // No executor runs, so the engine's time is that of the computer: it is made to stand still but for the bench's.
  const real = Date.now;
  try {
    check(fc.tuple(starts, steps("wait", "wait", "giveUp", "step")), ([start, all]) => {
      const bench = new Bench(start);
      Date.now = () => bench.elapsed;
      const wall = new WallClock();
      const expected: string[] = [];
      let queue: { who: number; at: number }[] = [];
      let offset = 0;
      let time = 0;
      const serve = (): void => {
        for (const { who } of queue.filter(({ at }) => at <= time + offset).sort((a, b) => a.at - b.at)) {
          expected.push(`${who} at ${time}: undefined`);
          queue = queue.filter((each) => each.who !== who);
        }
      };
      all.forEach(([what, value], who) => {
        if (what === "wait") {
          queue.push({ who, at: time + offset + 5 * value - 10 });
          bench.wait(who, () => wall.until(time + offset + 5 * value - 10));
        } else if (what === "giveUp") {
          const gone = queue[value % Math.max(queue.length, 1)]?.who ?? -1;
          queue = queue.filter((each) => each.who !== gone);
          bench.giveUp(gone);
        } else if (what === "step") {
          offset += 7 * value - 35;
          wall.set(time + offset);
          bench.collect();
        } else {
          for (const end = time + value; time < end;) {
            time++;
            serve();
          }
          bench.advance(value);
        }
        serve();
      });
      const sorted = (log: string[]): string[] =>
        [...log].sort((a, b) => Number(a.split(/ at |:/)[1]) - Number(b.split(/ at |:/)[1]));
      assert.equal(sorted(bench.log).map(atOnly), sorted(expected).map(atOnly));
      assert.equal([...bench.log].sort(), [...expected].sort());
    });
  } finally {
    Date.now = real;
  }
});

/** Bench waiters are polled in the order they came, so of one instant only the time is compared. */
function atOnly(line: string): string {
  return line.replace(/^\d+/, "");
}
