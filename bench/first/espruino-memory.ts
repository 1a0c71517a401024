/** Whether task switches leave anything behind on Espruino. */
import { runEspruino } from "../../cli/engines/espruino.js";
import { findEspruino } from "../../cli/engines/find.js";
import { espruinoScript } from "../measure/builds.js";
import type { Group } from "../rows.js";

const SWITCHES = 10_000;

export const espruinoMemory: Group = {
  title: "memory on Espruino",
  rows: [{ id: "espruino-growth", engine: "espruino", unit: "variables", limit: 0 }],
  missing: () => findEspruino().missing,

  async measure(say) {
    say(`${SWITCHES} switches`);
    const script = `var switches=${SWITCHES};${await espruinoScript("memory")}`;
    const run = await runEspruino(findEspruino().path ?? "", script, { until: "end", timeoutMs: 60_000 });
    const looks = run.lines.filter((line) => line.startsWith("usage ")).map((line) => Number(line.slice(6)));
    const [before, after] = looks.slice(-2);
    if (run.ended !== "marker" || before === undefined || after === undefined) {
      throw new Error(`the program did not end: ${run.uncaught[0] ?? run.ended}`);
    }
    const note = `process.memory().usage over ${SWITCHES} switches of two tasks: ${before}, then ${after}`;
    return { "espruino-growth": { value: after - before, note } };
  },
};
