/** A task switch on V8 against a native await. */
import { nodeDriver, nodeModule, nodePeer } from "../measure/builds.js";
import { runDriver } from "../measure/child.js";
import { median } from "../measure/statistics.js";
import type { Group } from "../rows.js";

/** Runs the program as a user does, with the platform of Node; later rounds spawn its tasks again. */
export const ON_NODE = `import { run } from "./targets/node/index.js";
  let running;
  export default () => {
    if (running === undefined) running = run(main);
    else running.executor.enter(main);
  };`;

/** Runs the executor alone, in a loop, without a clock. */
export const ALONE = `import { Executor } from "./core/index.js";
  const executor = new Executor({ now: () => 0, pend() {}, setAlarm() {} } as never);
  export default () => {
    executor.enter(main);
    while (executor.turn());
  };`;

export const v8Switch: Group = {
  title: "switch on V8",
  rows: [
    { id: "v8-switch", engine: "v8", unit: "x native await", limit: 0.35 },
    { id: "v8-switch-two", engine: "v8", unit: "x native await" },
    { id: "v8-switch-alone", engine: "v8", unit: "x native await" },
  ],

  async measure(say) {
    const driver = await nodeDriver("v8-switch");
    const peer = await nodePeer("awaits");
    say("on Node's platform");
    const many = await ratioOf(
      driver,
      await nodeModule("many-yields", ON_NODE),
      await nodePeer("many-awaits"),
    );
    say("of two tasks");
    const two = await ratioOf(driver, await nodeModule("yields", ON_NODE), peer);
    say("executor alone");
    const alone = await ratioOf(driver, await nodeModule("yields", ALONE), peer);
    const what = "tasks and yieldNow() against as many async functions and `await undefined`";
    return {
      "v8-switch": { value: many.ratio, note: `32 ${what}; minified, on Node's platform; ${many.text}` },
      "v8-switch-two": { value: two.ratio, note: `two ${what}; ${two.text}` },
      "v8-switch-alone": { value: alone.ratio, note: `two, with turn() in a loop; ${alone.text}` },
    };
  },
};

async function ratioOf(driver: string, ours: string, peer: string): Promise<{ ratio: number; text: string }> {
  const times = await runDriver<Record<"ours" | "peer", number[]>>(driver, [ours, peer]);
  const [own, other] = [median(times.ours), median(times.peer)];
  const text = `medians of ${times.ours.length} rounds by turns, ${own.toFixed(1)} / ${other.toFixed(1)} ns`;
  return { ratio: own / other, text };
}
