/** A meter and a watchdog over tasks that begin again, where no word of the program is one of their hooks. */
import {
  Meter,
  Watchdog,
  currentTask,
  makeExecutorCounts,
  ms,
  nameOf,
  now,
  observe,
  sleep,
  slotOf,
  spawn,
  task,
} from "dormouse";
import type { Board, Console } from "dormouse/hal";

const meter = new Meter(8, now);
const counts = makeExecutorCounts();

const worker = task(
  async function worker(rounds: number) {
    for (let i = 0; i < rounds; i++) {
      await sleep(ms(3));
      if (i === 2) throw new Error("the third");
    }
  },
  { pool: 2, onFault: { restarts: 1, backoff: ms(2) }, deadline: ms(20), priority: 2 },
);

const boss = task(async function boss(out: Console) {
  const dog = new Watchdog(
    () => undefined,
    (name) => {
      out.write(`${name} is late`);
    },
  );
  const first = spawn(worker, 9);
  spawn(worker, 1);
  for (let i = 0; i < 6; i++) {
    dog.check();
    await sleep(ms(8));
  }
  out.write(`${nameOf(currentTask())} in ${slotOf(currentTask())}, ${nameOf(first)} in ${slotOf(first)}`);
  meter.readAll(counts);
  out.write(`${counts.polls} polls, ${counts.wakes} wakes, ${counts.highWater} ready at most`);
  out.write(`${counts.started} began, ${counts.ended} ended, ${dog.missed} missed`);
  meter.reset();
});

export default function main(board: Board): void {
  observe(meter);
  spawn(boss, board.console);
}
