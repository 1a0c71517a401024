import * as assert from "uvu/assert";
import { runEspruino, type EspruinoOptions, type EspruinoRun } from "../../../../cli/engines/espruino.js";
import { findEspruino } from "../../../../cli/engines/find.js";
import { suite } from "../../../support/suite.js";

const test = suite("cli/engines/espruino");
const { path, missing } = findEspruino();

/** A test that needs the real engine. */
function onEspruino(title: string, body: (binary: string) => Promise<void>): void {
  if (path === undefined) test.skip(title, missing);
  else test(title, () => body(path));
}

function run(binary: string, source: string, options: Partial<EspruinoOptions> = {}): Promise<EspruinoRun> {
  return runEspruino(binary, source, { until: "DONE", timeoutMs: 20_000, ...options });
}

onEspruino("gives the lines of a script up to the marker", async (binary) => {
  const heard: string[] = [];
  const source = `console.log("é", 1.5); print("two\\nlines");
    setTimeout(function () { print("later"); print("DONE"); print("never"); }, 20);`;

  const result = await run(binary, source, { onLine: (line) => heard.push(line) });

  assert.equal(result.lines, ["é 1.5", "two", "lines", "later", "DONE"]);
  assert.equal(heard, result.lines);
  assert.is(result.ended, "marker");
  assert.equal(result.uncaught, []);
});

onEspruino("ends at a line that matches a pattern", async (binary) => {
  const result = await run(binary, `print("a"); print("END 12");`, { until: /^END \d+$/g });

  assert.equal(result.lines, ["a", "END 12"]);
});

onEspruino("runs on its own clock", async (binary) => {
  const source = `var t = getTime(); setTimeout(function () { print((getTime() - t) * 1000); print("DONE"); }, 50);`;

  const elapsed = Number((await run(binary, source)).lines[0]);

  assert.ok(elapsed >= 49 && elapsed < 5000);
});

onEspruino("reports errors that nobody caught, and runs on", async (binary) => {
  const source = `setTimeout(function () { throw new Error("boom"); }, 5);
    setTimeout(function () { Promise.reject("no"); }, 15);
    setTimeout(function () { print("DONE"); }, 40);`;

  const { lines, uncaught } = await run(binary, source);

  assert.is(uncaught.length, 2);
  assert.match(uncaught[0] ?? "", /^Error: boom \(at .*\)$/);
  assert.is(uncaught[1], "Error: Unhandled promise rejection: no");
  assert.equal(lines, ["DONE"]);
});

onEspruino("tells that a script which throws while it loads ended the engine", async (binary) => {
  const result = await run(binary, `print("a"); missing(); print("b");`);

  assert.equal({ ended: result.ended, code: result.code, lines: result.lines }, { ended: "exit", code: 1, lines: ["a"] }); // prettier-ignore
  assert.is(result.uncaught.length, 1);
  assert.match(result.uncaught[0] ?? "", 'ReferenceError: "missing" is not defined');
});

onEspruino("ends a script that does not print the marker", async (binary) => {
  const result = await run(binary, `print("a"); setInterval(function () {}, 10);`, { timeoutMs: 700 });

  assert.is(result.ended, "timeout");
  assert.equal(result.lines, ["a"]);
});

onEspruino("tells that a script with nothing left to do ended the engine", async (binary) => {
  const result = await run(binary, `print("a");`);

  assert.equal(result, { lines: ["a"], uncaught: [], ended: "exit", code: 0 });
});

test("says so when the binary does not start", async () => {
  const message = await run("/no/espruino", "").then(
    () => "it started",
    (error: unknown) => String(error),
  );

  assert.match(message, /"\/no\/espruino" does not start: .*ENOENT/);
});

test("tells that a program which is no Espruino ended", async () => {
  const result = await run("/bin/false", "");

  assert.equal(result, { lines: [], uncaught: [], ended: "exit", code: 1 });
});
