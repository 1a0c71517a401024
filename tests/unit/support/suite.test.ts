/** The runner and the wrapper: what must fail fails. Each test runs scripts/test.mjs on a folder of its own. */
import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as assert from "uvu/assert";
import { suite } from "../../support/suite.js";

const folder = join(DORMOUSE_ROOT, ".build/fixtures", String(process.pid));
const test = suite("support/suite");
test.after(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Runs `body` as the one test file; `args` go to the runner. */
function run(body: string, ...args: string[]) {
  mkdirSync(folder, { recursive: true });
  const wrapper = join(DORMOUSE_ROOT, "tests/support/suite.ts");
  const prelude = `import { suite, Unable } from ${JSON.stringify(wrapper)};\nconst test = suite("fixture");\n`;
  writeFileSync(join(folder, "fixture.test.ts"), prelude + body);
  const runner = join(DORMOUSE_ROOT, "scripts/test.mjs");
  const { status, stdout } = spawnSync(process.execPath, [runner, "--in", folder, ...args], {
    encoding: "utf8",
  });
  return { status, stdout, last: stdout.trimEnd().split("\n").at(-1) };
}

function expect(body: string, status: number, last: string) {
  const outcome = run(body);
  assert.is(outcome.last, last, outcome.stdout);
  assert.is(outcome.status, status);
  return outcome.stdout;
}

const throwing = `() => { throw new Error("planted"); }`;

test("passes a file whose tests pass", () => {
  expect(`test("a", () => {}); test("b", async () => { await null; });`, 0, "2 passed, 0 failed, 0 skipped");
});

test("fails a file without tests", () => {
  assert.match(expect("", 1, "0 passed, 1 failed, 0 skipped"), "no test ran");
});

test("fails a test that throws, and prints why", () => {
  const output = expect(`test("a", () => {}); test("b", ${throwing});`, 1, "1 passed, 1 failed, 0 skipped");
  assert.match(output, "planted");
});

test("counts a skipped test and prints its reason", () => {
  const output = expect(
    `test("a", () => {}); test.skip("b", "no board");`,
    0,
    "1 passed, 0 failed, 1 skipped",
  );
  assert.match(output, "SKIP b: no board");
});

test("prints the reason once for the tests that share it", () => {
  const body = `test("a", () => {}); test.skip("b", "no board"); test.skip("c", "no board");`;
  const output = expect(body, 0, "1 passed, 0 failed, 2 skipped");

  assert.match(output, "SKIP 2 tests: no board");
});

test("counts a test that gives up as skipped, and prints its reason", () => {
  const body = `test("a", () => {}); test("b", async () => { await null; throw new Unable("too busy"); });`;

  assert.match(expect(body, 0, "1 passed, 0 failed, 1 skipped"), "SKIP fixture: b: too busy");
});

test("fails when every test was skipped, for nothing ran", () => {
  expect(`test.skip("a", "no board");`, 1, "0 passed, 0 failed, 1 skipped");
});

test("fails when a before hook throws", () => {
  expect(`test.before(${throwing}); test("a", () => {});`, 1, "0 passed, 1 failed, 0 skipped");
});

test("fails a test that is registered too late to run", () => {
  const output = expect(`await null; test("late", () => {});`, 1, "0 passed, 1 failed, 0 skipped");
  assert.match(output, "NEVER RAN fixture: late");
});

test("fails a test whose promise never settles", () => {
  expect(`test("a", () => new Promise(() => {}));`, 1, "0 passed, 1 failed, 0 skipped");
});

test("fails a file that exits in the middle", () => {
  expect(`test("a", () => process.exit(0)); test("b", () => {});`, 1, "0 passed, 2 failed, 0 skipped");
});

test("fails a file that crashes after its tests passed", () => {
  expect(`test("a", () => void setTimeout(${throwing}, 50));`, 1, "1 passed, 1 failed, 0 skipped");
});

test("stops a file that takes longer than its limit", () => {
  const output = expect(`// @timeout 1\ntest("a", () => { for (;;); });`, 1, "0 passed, 1 failed, 0 skipped");
  assert.match(output, "took longer than 1 s");
});

test("fails a file that does not build, with the place of the error", () => {
  assert.match(expect("const = 1;", 1, "0 passed, 1 failed, 0 skipped"), "fixture.test.ts:3:6");
});

test("fails when no file matches", () => {
  const outcome = run(`test("a", () => {});`, "no-such-path");

  assert.is(outcome.last, "0 passed, 0 failed, 0 skipped");
  assert.is(outcome.status, 1);
});

test("passes --update on as UPDATE=1", () => {
  const body = `test("a", () => { if (process.env.UPDATE !== "1") throw new Error("not passed on"); });`;

  assert.is(run(body).status, 1);
  assert.is(run(body, "--update").status, 0);
});
