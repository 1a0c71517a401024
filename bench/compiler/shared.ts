/** What an await costs on V8 in tasks whose frames lie in shared memory, beside object frames and native functions. */
import { ALONE } from "../first/v8-switch.js";
import { nodeDriver, nodeModule, nodePeer } from "../measure/builds.js";
import { runDriver } from "../measure/child.js";
import { median } from "../measure/statistics.js";
import type { Group } from "../rows.js";

export const shared: Group = {
  title: "frames in shared memory on V8",
  rows: [
    { id: "v8-shared", engine: "v8", unit: "x native await", limit: 0.7 },
    { id: "v8-shared-objects", engine: "v8", unit: "x object frames", limit: 1.6 },
  ],

  async measure(say) {
    const driver = await nodeDriver("v8-switch");
    const inObjects = await nodeModule("walks", ALONE);
    const inWords = await nodeModule("walks", ALONE, "shared");
    const native = await nodePeer("native-walks");
    say("against native functions");
    const first = await runDriver<Record<"ours" | "peer", number[]>>(driver, [inWords, native]);
    say("against object frames");
    const second = await runDriver<Record<"ours" | "peer", number[]>>(driver, [inWords, inObjects]);
    return {
      "v8-shared": described(first, "two tasks that call and yield against async functions"),
      "v8-shared-objects": described(second, "the same tasks"),
    };
  },
};

function described({ ours, peer }: Record<"ours" | "peer", number[]>, what: string) {
  const [own, other] = [median(ours), median(peer)];
  const note = `${what}; medians of ${ours.length} rounds by turns, ${own.toFixed(1)} / ${other.toFixed(1)} ns`;
  return { value: own / other, note };
}
