/** A hundred thousand sleeping tasks: what waking them costs, how late they are, and what they take meanwhile. */
import { ON_NODE } from "../first/v8-switch.js";
import { nodeDriver, nodeModule, nodePeer } from "../measure/builds.js";
import { runDriver } from "../measure/child.js";
import { median } from "../measure/statistics.js";
import type { Group } from "../rows.js";

const TASKS = 100_000;

interface Rounds {
  readonly cpu: number[];
  readonly lateness: number[];
}

export const sleepers: Group = {
  title: "sleepers",
  rows: [
    { id: "core-sleepers", engine: "v8", unit: "x promises", limit: 0.4 },
    { id: "core-lateness", engine: "v8", unit: "ms", limit: 1.1 },
    { id: "core-lateness-native", engine: "v8", unit: "ms" },
    { id: "core-sleeping-bytes", engine: "v8", unit: "x promises", limit: 0.15 },
    { id: "core-sleeping-bytes-lean", engine: "v8", unit: "x promises" },
  ],

  async measure(say) {
    const paths = [await nodeModule("core/sleepers", ON_NODE), await nodePeer("core/sleepers-native")];
    say("waking");
    const rounds = await runDriver<Rounds[]>(await nodeDriver("sleepers"), paths);
    const [ours, peer] = rounds.map((each) => ({
      cpu: median(each.cpu),
      lateness: median(each.lateness),
    }));
    if (ours === undefined || peer === undefined) throw new Error("the driver measured nothing");
    say("bytes");
    const [own = NaN, lean = NaN, stoppable = NaN] = await bytesOf([
      ...paths,
      await nodePeer("core/sleepers-stoppable"),
    ]);
    const bytesRow = (other: number, what: string) => ({
      value: own / other,
      note: `heap of ${TASKS} sleeping tasks, of which ours have theirs from the start / ${what}, a task; ${own.toFixed(0)} / ${other.toFixed(0)} bytes`,
    });
    const what = `${TASKS} sleeps, spread over 1 s`;
    const medians = `medians of ${rounds[0]?.cpu.length ?? 0} rounds by turns`;
    return {
      "core-sleepers": {
        value: ours.cpu / peer.cpu,
        note: `${what}, their starts included; CPU, ${medians}, ${ours.cpu.toFixed(0)} / ${peer.cpu.toFixed(0)} ms`,
      },
      "core-lateness": { value: ours.lateness, note: `${what}; median of a round, ${medians}` },
      "core-lateness-native": { value: peer.lateness, note: "the same of setTimeout; negative is too early" },
      "core-sleeping-bytes": bytesRow(
        stoppable,
        "async functions that can be stopped while they sleep, and waited for: an AbortController and a promise for each, and the sleep of node:timers/promises",
      ),
      "core-sleeping-bytes-lean": bytesRow(lean, "async functions that await a promise around setTimeout"),
    };
  },
};

/** Of a task, for each module, in a process of its own. */
async function bytesOf(paths: readonly string[]): Promise<number[]> {
  const driver = await nodeDriver("heap");
  const found: number[] = [];
  for (const path of paths) found.push((await runDriver<number>(driver, [path], ["--expose-gc"])) / TASKS);
  return found;
}
