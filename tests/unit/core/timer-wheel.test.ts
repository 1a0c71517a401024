import * as assert from "uvu/assert";
import { DONE, PENDING, makeOp, type Op } from "../../../core/op.js";
import { HOP, TimerWheel } from "../../../core/timer-wheel.js";
import type { Instant } from "../../../core/types.js";
import { suite } from "../../support/suite.js";

const test = suite("core/timer-wheel");

/** Timers with names, over a clock that starts at `start`; `fired` tells who was done, and when since then. */
class Clockwork {
  readonly queue = new TimerWheel();
  readonly fired: string[] = [];
  elapsed = 0;

  constructor(private readonly start: number) {}

  get now(): Instant {
    return ((this.start + this.elapsed) | 0) as Instant;
  }

  set(name: string, delay: number): Op {
    const op = makeOp(null as never);
    op.state_ = PENDING;
    op.done_ = () => this.fired.push(`${name} ${this.elapsed}`);
    this.queue.start(op, this.now, delay);
    return op;
  }

  /** Moves the clock from deadline to deadline. */
  advance(span: number): void {
    const end = this.elapsed + span;
    while (!this.queue.isEmpty) {
      const wait = (this.queue.deadline - this.now) | 0;
      if (this.elapsed + wait > end) break;
      this.elapsed += wait;
      this.queue.fire(this.now);
    }
    this.elapsed = end;
  }
}

const STARTS = {
  zero: 0,
  "just below the wrap": 2 ** 31 - 5,
  "the lowest tick": -(2 ** 31),
  "minus one": -1,
};

for (const [words, start] of Object.entries(STARTS)) {
  test(`fires in the order of deadlines, equal ones in the order made, from ${words}`, () => {
    const clock = new Clockwork(start);
    for (const [name, delay] of [
      ["c", 30],
      ["a", 10],
      ["b", 10],
      ["d", 500],
      ["e", 10],
    ] as const)
      clock.set(name, delay);

    clock.advance(600);

    assert.equal(clock.fired, ["a 10", "b 10", "e 10", "c 30", "d 500"]);
    assert.is(clock.queue.isEmpty, true);
  });

  test(`waits the whole of a delay beyond 2^31, from ${words}`, () => {
    const clock = new Clockwork(start);
    const long = [HOP - 1, HOP, HOP + 1, 2 ** 31, 3 * HOP, 2 ** 33 + 7];
    for (const delay of long) clock.set("t", delay);

    clock.advance(2 ** 34);

    assert.equal(
      clock.fired,
      long.map((delay) => `t ${delay}`),
    );
  });
}

test("lets a tick pass for a delay of zero, a fraction or below zero, and rounds up", () => {
  const clock = new Clockwork(0);
  for (const delay of [0, -5, 0.25, 1, 1.5, HOP + 0.5]) clock.set(String(delay), delay);

  clock.advance(HOP + 1);

  assert.equal(clock.fired, ["0 1", "-5 1", "0.25 1", "1 1", "1.5 2", `${HOP + 0.5} ${HOP + 1}`]);
});

test("never fires a delay without end", () => {
  const clock = new Clockwork(0);
  clock.set("never", Infinity);

  clock.advance(2 ** 40);

  assert.equal(clock.fired, []);
  assert.is(clock.queue.isEmpty, false);
});

test("fires all that is overdue when it is asked late", () => {
  const clock = new Clockwork(2 ** 31 - 100);
  clock.set("a", 50);
  clock.set("b", 150);
  clock.set("c", 5000);

  clock.elapsed = 1000;
  clock.queue.fire(clock.now);

  assert.equal(clock.fired, ["a 1000", "b 1000"]);
});

test("forgets a timer that is taken out: first, last, in the middle and alone", () => {
  for (const leaving of [0, 1, 2]) {
    const clock = new Clockwork(2 ** 31 - 15);
    const ops = [clock.set("a", 10), clock.set("b", 20), clock.set("c", 30)];

    clock.queue.stop(ops[leaving] as Op);
    clock.advance(100);

    assert.equal(
      clock.fired,
      ["a 10", "b 20", "c 30"].filter((_, i) => i !== leaving),
    );
  }
  const clock = new Clockwork(0);
  clock.queue.stop(clock.set("alone", 5));
  assert.is(clock.queue.isEmpty, true);
});

test("lets a timer be made while another fires", () => {
  const clock = new Clockwork(0);
  const first = clock.set("first", 5);
  first.done_ = () => {
    clock.fired.push("first");
    clock.set("next", 1);
  };

  clock.advance(20);

  assert.equal(clock.fired, ["first", "next 6"]);
  assert.is(first.state_, DONE);
});
