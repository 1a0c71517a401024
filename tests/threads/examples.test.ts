/** The examples of worker threads do what their pages say, and end. */
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import * as assert from "uvu/assert";
import { suite } from "../support/suite.js";

const test = suite("threads/examples");

test("thread-pool counts primes on two workers, and ends", async () => {
  const args = [join(DORMOUSE_ROOT, "scripts/run.mjs"), join(DORMOUSE_ROOT, "cli/main.ts"), "host"];
  const { stdout } = await promisify(execFile)(process.execPath, [...args, "examples/thread-pool/pool.ts"], {
    cwd: DORMOUSE_ROOT,
  });
  const counts = [...stdout.matchAll(/^runner [12]: (\d+) primes below (\d+)$/gm)];
  const byLimit = new Map(counts.map(([, primes, limit]) => [Number(limit), Number(primes)]));
  assert.is(byLimit.size, 10);
  assert.is(byLimit.get(10_000), 1229);
  assert.is(byLimit.get(100_000), 9592);
});
