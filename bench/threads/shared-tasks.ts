/** How even shared tasks lie on two workers, and what the main thread has to do with it. */
import type { SharedRound, SharedRounds } from "../drivers/shared-tasks.js";
import { nodeDriver, nodeModule, programPath } from "../measure/builds.js";
import { runDriver } from "../measure/child.js";
import { median } from "../measure/statistics.js";
import type { Group } from "../rows.js";

const WRAPPER = `export * from ${JSON.stringify(programPath("shared-tasks"))};
  export { threads } from "dormouse/node";`;

export const sharedTasks: Group = {
  title: "shared tasks",
  missing: () => (process.platform === "linux" ? undefined : "times of threads are read from Linux's /proc"),
  rows: [
    { id: "threads-fork-join", engine: "v8", unit: "busiest / total", limit: 0.56 },
    { id: "threads-fork-join-main", engine: "v8", unit: "ms", limit: 5 },
    { id: "threads-move", engine: "v8", unit: "busiest / total", limit: 0.55 },
  ],

  async measure(say) {
    say("fork and join; 1000 tasks that move");
    const program = await nodeModule("shared-tasks", WRAPPER, "shared");
    const { fib, crowd } = await runDriver<SharedRounds>(await nodeDriver("shared-tasks"), [program]);
    const what = "fib(36) by shared tasks cut at 24, 2 workers";
    const moving = "1000 tasks of 1000 suspensions each, all spawned on one of 2 workers";
    return {
      "threads-fork-join": {
        value: median(sharesOf(fib)),
        note: `CPU of the worker that did most; ${what}; ${spread(sharesOf(fib))}`,
      },
      "threads-fork-join-main": {
        value: median(fib.map(({ mainMs }) => mainMs)),
        note: `CPU of the main thread meanwhile; ${what}; median of ${fib.length} rounds`,
      },
      "threads-move": {
        value: median(sharesOf(crowd)),
        note: `polls of the worker that did most; ${moving}; ${spread(sharesOf(crowd))}`,
      },
    };
  },
};

function sharesOf(rounds: readonly SharedRound[]): number[] {
  return rounds.map(({ share }) => share);
}

function spread(values: readonly number[]): string {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return `median of ${values.length} rounds, ${least.toFixed(2)} to ${most.toFixed(2)}`;
}
