/** What hooks are told of tasks that wait, yield, throw, are cancelled and begin again; and what a meter makes of it. */
import {
  Channel,
  Meter,
  cancel,
  currentTask,
  makeExecutorCounts,
  makeTaskCounts,
  ms,
  now,
  observe,
  select,
  sleep,
  slotOf,
  spawn,
  task,
  yieldNow,
  type TaskHooks,
} from "dormouse";
import type { Board, Console } from "dormouse/hal";

let out: Console;

const items = new Channel<number>(2);
const meter = new Meter(8, now, 1);
const counts = makeExecutorCounts();
const own = makeTaskCounts();

const producer = task(async function producer() {
  for (let i = 0; i < 4; i++) {
    await items.send(i);
    await sleep(ms(2));
  }
  items.close();
});

const consumer = task(async function consumer() {
  for await (const item of items) {
    if (item === 2) await yieldNow();
    if (item === 3) throw new Error("three");
  }
});

async function part(): Promise<void> {
  try {
    await sleep(ms(3));
  } finally {
    await yieldNow();
  }
}

const chooser = task(
  async function chooser(limit: number) {
    try {
      for (;;) await select({ part: part(), limit: sleep(ms(limit)) });
    } finally {
      await sleep(ms(1));
    }
  },
  { pool: 2 },
);

/** Tells each event as it comes. */
function logging(): TaskHooks {
  return {
    taskNew: (slot) => {
      out.write(`new ${slot}`);
    },
    taskReady: (slot, queued) => {
      out.write(`ready ${slot}, ${queued} are`);
    },
    execBegin: (slot) => {
      out.write(`begin ${slot}`);
    },
    execEnd: (slot, isReady) => {
      out.write(`end ${slot} ${isReady}`);
    },
    taskEnd: (slot) => {
      out.write(`over ${slot}`);
    },
  };
}

const boss = task(async function boss() {
  const [first, second] = [spawn(chooser, 2), spawn(chooser, 9)];
  await sleep(ms(8));
  cancel(first);
  await sleep(ms(5));
  cancel(second);
  await sleep(ms(5));
  meter.readAll(counts);
  const { polls, wakes, busy, longestPoll, longestWait, overruns, started, ended, highWater } = counts;
  out.write(`${polls} polls, ${wakes} wakes, ${busy} ${longestPoll} ${longestWait} ${overruns} ms`);
  out.write(`${started} began, ${ended} ended, at most ${highWater} ready`);
  for (const id of [first, second, currentTask()]) {
    meter.read(slotOf(id), own);
    out.write(`${slotOf(id)}: ${own.polls} ${own.wakes} ${own.started} ${own.ended}`);
  }
  observe(logging());
  const third = spawn(chooser, 4);
  await yieldNow();
  await sleep(ms(5));
  cancel(third);
  await sleep(ms(3));
  observe({});
  out.write("quiet");
});

export default function main(board: Board): void {
  out = board.console;
  observe(meter);
  spawn(producer);
  spawn(consumer);
  spawn(boss);
}
