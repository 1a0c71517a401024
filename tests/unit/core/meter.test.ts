/** What an observed executor tells, and what a meter makes of it. */
import * as assert from "uvu/assert";
import type { Executor, Instant, TaskHooks, TaskKind } from "../../../core/index.js";
import { compileProgram, type Loaded } from "../../support/program.js";
import { suite } from "../../support/suite.js";

const test = suite("core/meter");

const SOURCE = `
export const work = task(async function work(clock: () => void) {
  clock();
  await yieldNow();
  await sleep(ms(5));
  clock();
}, { pool: 2 });

export const faulty = task(async function faulty() {
  throw new Error("no");
});
`;

interface Program {
  readonly work: TaskKind<[() => void], void>;
  readonly faulty: TaskKind<[], void>;
}

let load: () => Promise<Loaded<Program>>;

test.before(async () => {
  load = await compileProgram<Program>(SOURCE);
});

function observed(
  { core }: Loaded<Program>,
  hooks: TaskHooks,
): { executor: Executor; readonly wait: (ticks: number) => void } {
  let now = 0;
  const platform = { now: () => now as Instant, setAlarm: () => undefined, pend: () => undefined };
  const executor = new core.ObservedExecutor(platform, hooks);
  return {
    executor,
    wait: (ticks) => {
      now += ticks;
      executor.run();
    },
  };
}

test("hooks are told of the life of a task, in order", async () => {
  const loaded = await load();
  const told: string[] = [];
  const { executor, wait } = observed(loaded, {
    taskNew: (slot) => told.push(`new ${slot}`),
    taskReady: (slot, queued) => told.push(`ready ${slot} of ${queued}`),
    execBegin: (slot) => told.push(`begin ${slot}`),
    execEnd: (slot, isReady) => told.push(`end ${slot} ${isReady}`),
    taskEnd: (slot) => told.push(`over ${slot}`),
    executorIdle: () => told.push("idle"),
  });
  executor.spawn(loaded.program.work, [() => undefined]);
  executor.spawn(loaded.program.faulty, []);

  wait(0);
  wait(5);

  assert.equal(told, [
    ...["new 0", "ready 0 of 1", "new 2", "ready 2 of 2"],
    ...["begin 0", "end 0 true", "begin 2", "over 2", "end 2 false"],
    ...["begin 0", "end 0 false", "idle"],
    ...["ready 0 of 1", "begin 0", "over 0", "end 0 false", "idle"],
  ]);
});

test("a meter counts by slot and in all, into records that are used again", async () => {
  const loaded = await load();
  const { core, program } = loaded;
  let time = 0;
  const meter = new core.Meter(3, () => time, 6);
  const { executor, wait } = observed(loaded, meter);
  const spend = (ticks: number) => (): void => {
    time += ticks;
  };
  executor.spawn(program.work, [spend(4)]);
  executor.spawn(program.work, [spend(7)]);
  const one = core.makeTaskCounts();
  const all = core.makeExecutorCounts();

  wait(0);
  wait(5);

  assert.is(meter.read(1, one), one);
  const second = {
    polls: 3,
    wakes: 2,
    busy: 14,
    longestPoll: 7,
    longestWait: 4,
    overruns: 2,
    started: 1,
    ended: 1,
  };
  assert.equal(one, second);
  assert.equal(meter.readAll(all), {
    ...{ polls: 6, wakes: 4, busy: 22, longestPoll: 7, longestWait: 7, overruns: 2, started: 2, ended: 2 },
    ...{ highWater: 2, idles: 2 },
  });
  meter.reset();
  assert.is(meter.readAll(all).polls + all.highWater + all.idles, 0);
});
