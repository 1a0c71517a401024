/** The lanes of a program's threads, drawn when they end: imported before the program by `npm run host -- --lanes`. */
import type { Threads } from "../../targets/node/index.js";
import { tracing } from "../../targets/node/threads/tracing.js";
import { drawLanes, type Lane } from "./lanes.js";

/** Turns of each worker, the last ones of a longer run. */
const TURNS = 100_000;

tracing.turns = TURNS;
tracing.atEnd = (threads) => {
  const lanes = [...taskLanes(threads), ...jobLanes(threads, "cpu"), ...jobLanes(threads, "blocking")];
  if (lanes.length > 0) console.log(`\n${drawLanes(lanes)}`);
};

function taskLanes(threads: Threads): Lane[] {
  const turns = threads.trace("tasks");
  return threads.stats("tasks").each.map(({ polls, busy, steals }, worker) => ({
    label: `tasks ${worker}`,
    turns: turns.filter((turn) => turn.worker === worker),
    note: `${polls} turns, busy ${Math.round(busy)} ms, ${steals} steals`,
  }));
}

function jobLanes(threads: Threads, lane: "cpu" | "blocking"): Lane[] {
  const turns = threads.trace(lane);
  return threads
    .stats(lane)
    .each.map(({ jobs }, worker) => ({
      label: `${lane} ${worker}`,
      turns: turns.filter((turn) => turn.worker === worker),
      note: `${jobs} jobs`,
    }))
    .filter((each) => each.turns.length > 0);
}
