/** Bytes that a task switch allocates on V8. */
import { nodeDriver, nodeModule, nodePeer } from "../measure/builds.js";
import { runDriver } from "../measure/child.js";
import { median, slope } from "../measure/statistics.js";
import type { Found, Group } from "../rows.js";
import { ALONE, ON_NODE } from "./v8-switch.js";

/** As scripts/test-file.mjs: the interpreter alone, and a nursery that is not collected within a round. */
const FLAGS = ["--expose-gc", "--jitless", "--no-expose-wasm"].concat([
  "--min-semi-space-size=64",
  "--max-semi-space-size=64",
]);

interface Bytes {
  readonly short: number[];
  readonly long: number[];
  readonly switches: number;
}

export const allocation: Group = {
  title: "allocation on V8",
  rows: [
    { id: "v8-bytes", engine: "v8", unit: "bytes/switch", limit: 0 },
    { id: "v8-bytes-platform", engine: "v8", unit: "bytes/switch" },
    { id: "v8-bytes-await", engine: "v8", unit: "bytes/switch" },
  ],

  async measure(say) {
    const driver = await nodeDriver("v8-allocation");
    const count = async (title: string, path: string, note: string): Promise<Found> => {
      say(title);
      const { short, long, switches } = await runDriver<Bytes>(driver, [path], FLAGS);
      // Each long round against the short one before it: what the heap does besides is in few of them.
      const value = median(long.map((bytes, i) => slope(short[i] ?? NaN, bytes, switches)));
      return {
        value: Math.round(value * 10) / 10,
        note: `${note}; --jitless, growth of the heap over ${switches} switches`,
      };
    };
    return {
      "v8-bytes": await count(
        "executor",
        await nodeModule("yields", ALONE),
        "yieldNow() of two tasks, turn() in a loop",
      ),
      "v8-bytes-platform": await count(
        "on Node's platform",
        await nodeModule("yields", ON_NODE),
        "the same, with Node's clock and setImmediate",
      ),
      "v8-bytes-await": await count(
        "native",
        await nodePeer("awaits"),
        "`await undefined` of two async functions",
      ),
    };
  },
};
