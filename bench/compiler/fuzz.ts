/** Random programs, compiled each way, against Node's own async functions. */
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { findEspruino, findXs } from "../../cli/engines/find.js";
import type { Engine, Found, Group } from "../rows.js";

const COUNT = 48;
const TIMEOUT_MS = 600_000;

/** The ways of tests/fuzz/main.ts, and on what they run. */
const WAYS: readonly (readonly [way: string, engine: Engine])[] = [
  ["arena", "v8"],
  ["arena-min", "v8"],
  ["shared", "v8"],
  ["shared-min", "v8"],
  ["board", "v8"],
  ["board-min", "v8"],
  ["xs", "xs"],
  ["espruino", "espruino"],
];

export const fuzz: Group = {
  title: "fuzz",
  rows: WAYS.map(([way, engine]) => ({ id: `fuzz-${way}`, engine, unit: "programs", limit: 0 })),

  async measure(say) {
    const found: Record<string, Found> = {};
    // Other programs each day, and the same all day.
    const seed = Math.floor(Date.now() / 86_400_000) * 1000;
    for (const [way, engine] of WAYS) {
      const missing =
        engine === "xs" ? findXs().missing : engine === "espruino" ? findEspruino().missing : undefined;
      say(way);
      found[`fuzz-${way}`] = missing === undefined ? await differing(way, seed) : { skipped: missing };
    }
    return found;
  },
};

async function differing(way: string, seed: number): Promise<Found> {
  const args = ["--way", way, "--seed", String(seed), "--count", String(COUNT), "--whole"];
  const files = [join(DORMOUSE_ROOT, "scripts/run.mjs"), join(DORMOUSE_ROOT, "tests/fuzz/main.ts")];
  const run = promisify(execFile)(process.execPath, [...files, ...args], {
    cwd: DORMOUSE_ROOT,
    timeout: TIMEOUT_MS,
    maxBuffer: 1 << 26,
  });
  const { stdout } = await run;
  const count = /programs from seed \d+, (\d+) differ/.exec(stdout)?.[1];
  if (count === undefined) throw new Error(`tests/fuzz/main.ts said ${stdout.slice(-200)}`);
  const note = `of ${COUNT} random programs from seed ${seed}; npm run nightly takes 20000`;
  return { value: Number(count), note };
}
