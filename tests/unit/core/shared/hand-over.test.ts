/** Handing shared tasks from one executor to another: on one thread here, each of them once as the other one. */
import * as assert from "uvu/assert";
import {
  Executor,
  handOver,
  makeSharedMemory,
  ms,
  sleep,
  takeOver,
  task,
  yieldNow,
  type Instant,
  type TaskId,
} from "../../../../core/index.js";
import { AWAY } from "../../../../core/state.js";
import type { Strand } from "../../../../core/scheduler.js";
import { STRAND_WORDS, makeRegion, polls, type Region } from "../../../../core/shared/region.js";
import { suite } from "../../../support/suite.js";

const test = suite("core/shared/hand-over");

const WORDS = STRAND_WORDS + 6;
const log: string[] = [];

/** Compiled by hand: sleeps for its argument, yields, and cleans up for 3 ticks. */
polls[0] = (region, at, strand) => {
  const { words_: words, doubles_: doubles } = region;
  switch (words[at + 2]) {
    case 0:
      words[at + 3] = 3;
      words[at + 2] = 1;
      void sleep(ms(doubles[(at >> 1) + 2]!));
      return 0;
    case 1:
      log.push("slept");
      words[at + 2] = 2;
      void yieldNow();
      return 2;
    case 3:
      words[at + 3] = 0;
      log.push(`cleanup ${strand.how_}`);
      words[at + 2] = 4;
      void sleep(ms(3));
      return 0;
    default:
      log.push("over");
      words[region.base_] = 0;
      return 1;
  }
};

const napping = task(
  {
    name: "napping",
    waits_: [],
    shared_: {
      words_: WORDS,
      frame_: (strand: Strand) => makeRegion(strand, WORDS),
      enter_: (region: Region, [delay]: [number]) => {
        const at = region.base_ + STRAND_WORDS;
        region.words_.set([0, 0, 0, 0], at);
        region.doubles_[(at >> 1) + 2] = delay;
        region.words_[region.base_] = at;
      },
    },
  } as never,
  { pool: 2 },
);

/** Two executors over one memory and one clock, and a task of the first. */
function pair(delay: number): { clock: { now: number }; one: Executor; other: Executor; id: TaskId } {
  log.length = 0;
  const clock = { now: 0 };
  const platform = { now: () => clock.now as Instant, setAlarm: () => undefined, pend: () => undefined };
  const one = new Executor(platform);
  const other = new Executor(platform, { memory: makeSharedMemory(one.memory_?.buffer) });
  const id = one.spawn(napping, [delay]);
  return { clock, one, other, id };
}

test("a task that is ready goes on at the other executor, and not here", () => {
  const { one, other, id } = pair(5);
  assert.ok(handOver(one, id));
  assert.is(one.arena.strandOf(one.arena.slotOf(id)).life_, AWAY);
  one.turn();
  assert.equal(log, []);
  takeOver(other, id);
  other.turn();
  assert.is(other.timers.deadline, 5);
});

for (const delay of [5, 2 ** 31 + 7, 2 ** 40]) {
  test(`a sleep of ${delay} ms ends at its time, wherever the task is meanwhile`, () => {
    const { clock, one, other, id } = pair(delay);
    one.turn();
    clock.now = 3;
    assert.ok(handOver(one, id));
    assert.ok(one.timers.isEmpty);
    takeOver(other, id);
    let passed = 3;
    for (; log.length === 0 && passed < delay + 3;) {
      const span = Math.max(1, Math.min(2 ** 30, delay - passed));
      passed += span;
      clock.now = (clock.now + span) | 0;
      other.turn();
    }
    assert.is(passed, delay);
    assert.equal(log, ["slept"]);
  });
}

test("a cancel that was asked for on one thread runs the cleanup on the other", () => {
  const { clock, one, other, id } = pair(50);
  one.turn();
  one.cancel(id);
  assert.ok(handOver(one, id));
  takeOver(other, id);
  other.turn();
  assert.equal(log, ["cleanup 3"]);
  assert.ok(handOver(other, id));
  takeOver(one, id);
  clock.now = 3;
  one.turn();
  assert.equal(log, ["cleanup 3", "over"]);
});

test("nothing is handed over that is over, elsewhere or unknown", () => {
  const { clock, one, other, id } = pair(5);
  one.turn();
  assert.ok(handOver(one, id));
  assert.not.ok(handOver(one, id));
  assert.not.ok(handOver(other, id));
  takeOver(other, id);
  for (clock.now = 5; other.turn(););
  assert.equal(log, ["slept", "over"]);
  assert.not.ok(handOver(other, id));
  assert.not.ok(handOver(one, (id + 1) as TaskId));
});

test("memory that was made for other tasks is refused", () => {
  assert.throws(() => makeSharedMemory(new ArrayBuffer(64)), /^E131|E131 "memory": 0 words/);
  const memory = makeSharedMemory();
  memory.words_[1] = 4;
  assert.throws(() => makeSharedMemory(memory.buffer), /E131 "memory": 4 words for shared tasks/);
});
