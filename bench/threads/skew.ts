/** How even the work of two workers is where one job is as long as all others together. */
import type { Group } from "../rows.js";
import { measured } from "./measure.js";

interface Shares {
  readonly first: number;
  readonly middle: number;
  readonly hinted: number;
}

export const skew: Group = {
  title: "one long job",
  missing: () => (process.platform === "linux" ? undefined : "times of threads are read from Linux's /proc"),
  rows: [
    { id: "threads-skew-first", engine: "v8", unit: "busiest / total", limit: 0.53 },
    { id: "threads-skew-middle", engine: "v8", unit: "busiest / total", limit: 0.53 },
    { id: "threads-skew-unknown", engine: "v8", unit: "busiest / total" },
  ],

  async measure(say) {
    say("1 x 200 ms and 200 x 1 ms");
    const ours = await measured<Shares>("skew", "ours");
    const raw = await measured<Shares>("skew", "raw");
    const what = "1 x 200 ms and 200 x 1 ms on 2 workers";
    return {
      "threads-skew-first": {
        value: ours.first,
        note: `${what}, the long one first; postMessage to the least loaded ${raw.first.toFixed(2)}`,
      },
      "threads-skew-middle": {
        value: ours.hinted,
        note: `the long one in the middle, and run with priority "high"`,
      },
      "threads-skew-unknown": {
        value: ours.middle,
        note: "the long one in the middle, with nothing said; 0.62 is the best that whole jobs in order can do",
      },
    };
  },
};
