/** What goes wrong on workers: tests/threads/faults.test.ts, scenario by scenario. */
import { execFile } from "node:child_process";
import { join } from "node:path";
import type { Group } from "../rows.js";

export const faults: Group = {
  title: "faults",
  rows: [{ id: "threads-faults", engine: "v8", unit: "scenarios failed", limit: 0 }],

  async measure(say) {
    say("throws, exits, loops, runs out of memory, aborts");
    const script = join(DORMOUSE_ROOT, "scripts/test.mjs");
    const output = await new Promise<string>((resolve) => {
      execFile(process.execPath, [script, "tests/threads/faults.test.ts"], (_error, stdout) => {
        resolve(stdout);
      });
    });
    const [, passed = "0", failed = "1"] = /^(\d+) passed, (\d+) failed/m.exec(output) ?? [];
    const what =
      "each: every promise settles once, jobs that wait are run, the threads are usable afterwards";
    return {
      "threads-faults": { value: Number(failed), note: `of ${Number(passed) + Number(failed)}; ${what}` },
    };
  },
};
