/** How much of test262 passes through the promise lowering, of what Node passes by itself. */
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Group } from "../rows.js";

const TIMEOUT_MS = 1_800_000;

export const test262: Group = {
  title: "test262",
  rows: [{ id: "test262", engine: "v8", unit: "% not passed", limit: 0.5 }],

  missing() {
    const root = process.env["TEST262"];
    if (root !== undefined && existsSync(join(root, "harness/assert.js"))) return undefined;
    return "name a checkout of github.com/tc39/test262 in $TEST262";
  },

  async measure(say) {
    say("minutes");
    const files = [join(DORMOUSE_ROOT, "scripts/run.mjs"), join(DORMOUSE_ROOT, "tests/test262/main.ts")];
    const { stdout } = await promisify(execFile)(process.execPath, [...files, process.env["TEST262"] ?? ""], {
      cwd: DORMOUSE_ROOT,
      timeout: TIMEOUT_MS,
      maxBuffer: 1 << 26,
    });
    const [line, passed, all] = /^(\d+) of (\d+) that pass natively.*$/m.exec(stdout) ?? [];
    if (line === undefined) throw new Error(`the runner said ${stdout.slice(-200)}`);
    return { test262: { value: 100 - (100 * Number(passed)) / Number(all), note: line } };
  },
};
