// @timeout 180
/** The examples of worker threads do what their pages say, and end. */
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import * as assert from "uvu/assert";
import { suite } from "../support/suite.js";

const test = suite("threads/examples");

/** What an example prints; none ends with a task that fails. */
async function linesOf(...args: string[]): Promise<string[]> {
  const run = [join(DORMOUSE_ROOT, "scripts/run.mjs"), join(DORMOUSE_ROOT, "cli/main.ts"), "host"];
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [...run, ...args], {
    cwd: DORMOUSE_ROOT,
  });
  assert.not.match(stderr, /ended by an error/);
  return stdout.trimEnd().split("\n");
}

/** The numbers that `pattern` has in all lines. */
function numbersIn(lines: readonly string[], pattern: RegExp): number[][] {
  return lines.flatMap((line) => {
    const found = pattern.exec(line);
    return found === null ? [] : [found.slice(1).map(Number)];
  });
}

test("thread-pool counts primes on two workers, and ends", async () => {
  const lines = await linesOf("examples/thread-pool");

  const counts = numbersIn(lines, /^runner [12]: (\d+) primes below (\d+)$/);
  const byLimit = new Map(counts.map(([primes, limit]) => [limit, primes]));
  assert.is(byLimit.size, 10);
  assert.is(byLimit.get(10_000), 1229);
  assert.is(byLimit.get(100_000), 9592);
});

test("mandelbrot paints the set, and draws its lanes", async () => {
  const lines = await linesOf("--lanes", "examples/mandelbrot");

  const rows = lines.slice(0, 26);
  assert.ok(rows.every((row) => /^[ .:=+*#%@-]{76}$/.test(row)));
  assert.match(rows[12]!, /@{15}/);
  assert.is(numbersIn(lines, /^worker ([01]): (\d+) turns/).length, 2);
  assert.is(lines.filter((line) => /^tasks [01] │.{72}│/.test(line)).length, 2);
  assert.match(lines.at(-1)!, /\brow\b/);
});

test("parallel-sum sums all numbers", async () => {
  const lines = await linesOf("examples/parallel-sum");

  assert.is(lines[0], "sum of 4000000 numbers: 1998000000");
  assert.is(lines.length, 3);
});

test("global-queue serves all tickets", async () => {
  const served = numbersIn(
    await linesOf("examples/global-queue"),
    /^ticket (\d+): clerk ([012]) began after (-?\d+) ms$/,
  );

  assert.is(served.length, 12);
  assert.ok(served.every(([ticket], i) => ticket === i + 1));
});

test("tcp-service answers each request on the worker that has its key", async () => {
  const lines = await linesOf("examples/tcp-service");

  assert.equal(numbersIn(lines, /^worker (\d) answered (\d+) requests$/), [
    [0, 400],
    [1, 400],
  ]);
  assert.is(lines.at(-1), "the last key was asked for 40 times");
});

test("gateway tells its clients what the sensors hum", async () => {
  const heard = numbersIn(await linesOf("examples/gateway"), /^sensor (\d): (\d+) Hz$/);

  assert.is(heard.length, 12);
  for (const sensor of [0, 1, 2]) {
    const own = heard.filter(([from]) => from === sensor).map(([, hertz]) => hertz);
    assert.ok(own.every((hertz = 0) => hertz >= 100 * (sensor + 1) && hertz % 20 === 0));
  }
});
