/** A task switch on Espruino against a turn of its timers and of its promises. */
import { findEspruino } from "../../cli/engines/find.js";
import { espruinoPeer, espruinoScript } from "../measure/builds.js";
import { instructionsEach, timeEach } from "../measure/espruino-rounds.js";
import { findValgrind } from "../measure/callgrind.js";
import type { Group } from "../rows.js";

export const espruinoSwitch: Group = {
  title: "switch on Espruino",
  rows: [
    { id: "espruino-switch-timeout", engine: "espruino", unit: "x setTimeout turn", limit: 1 },
    { id: "espruino-switch-then", engine: "espruino", unit: "x Promise turn", limit: 1 },
  ],
  missing: () => findEspruino().missing,

  async measure(say) {
    const scripts = {
      tasks: await espruinoScript("yields"),
      timeouts: await espruinoPeer("timeouts"),
      thens: await espruinoPeer("thens"),
    };
    const binary = findEspruino().path ?? "";
    const valgrind = findValgrind();
    const costs =
      valgrind === undefined
        ? timeEach(binary, scripts, say)
        : instructionsEach(binary, valgrind, scripts, say);
    const { tasks, timeouts, thens, method } = await costs;
    const note = (peer: string, cost: number): string =>
      `two tasks and yieldNow(), minified, against two functions and ${peer}; ${method}, ${tasks.toFixed(0)} / ${cost.toFixed(0)}`;
    return {
      "espruino-switch-timeout": { value: tasks / timeouts, note: note("setTimeout(f, 0)", timeouts) },
      "espruino-switch-then": { value: tasks / thens, note: note("a settled promise's then(f)", thens) },
    };
  },
};
