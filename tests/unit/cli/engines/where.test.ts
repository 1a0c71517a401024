// @timeout 300
/** What boards throw, by the author's lines: builds for them keep none, nor who awaits whom. */
import { findEspruino, findXs } from "../../../../cli/engines/find.js";
import { faultsOnEspruino, faultsOnXs } from "../../../../cli/engines/where.js";
import { findProgram } from "../../../../cli/programs.js";
import { pixl } from "../../../../targets/espruino/index.js";
import * as assert from "uvu/assert";
import { suite } from "../../../support/suite.js";

const test = suite("cli/engines/where");

const PROGRAMS = `${DORMOUSE_ROOT}/tests/unit/cli/engines/programs`;
const NOTHING = { end: 0, outputs: [], inputs: [], initial: {}, pins: [], lines: [] };

/** Without the engine's words, and the constructor of an error, which XS takes for a place. */
function plain(texts: readonly string[]): string[] {
  return texts.map((text) => text.replace(/: .*/, "").replace(/\n {2}at NoAnswer .*/, ""));
}

const AWAITED = [
  [
    'task "chain" ended by an error at 2 ms',
    "at read (sensor.ts:9)",
    "awaited by sample (sensor.ts:15)",
    "awaited by average (awaiting.ts:8)",
    "awaited by chain (awaiting.ts:14)",
    'awaited by task "chain"',
  ],
  [
    'task "cleaner" ended by an error at 2 ms',
    "at cleanup (sensor.ts:35)",
    "awaited by cleaner (awaiting.ts:21)",
    'awaited by task "cleaner"',
  ],
  [
    'task "causer" ended by an error at 2 ms',
    "at wrapped (sensor.ts:44)",
    "awaited by causer (awaiting.ts:24)",
    'awaited by task "causer"',
  ],
  [
    'task "racer" ended by an error at 7 ms',
    "at failing (sensor.ts:22)",
    "awaited by race (sensor.ts:26)",
    "awaited by racer (awaiting.ts:18)",
    'awaited by task "racer"',
  ],
  [
    'task "either" ended by an error at 11 ms',
    "at read (sensor.ts:9)",
    "awaited by sample (sensor.ts:15)",
    "awaited by either (awaiting.ts:28 or 29)",
    'awaited by task "either"',
  ],
].map((lines) => lines.join("\n  "));

const xs = findXs();
if (xs.path === undefined) test.skip("names lines and awaiters of what is thrown on XS", xs.missing);
else {
  test("names lines and awaiters of what is thrown on XS", async () => {
    assert.equal(plain(await faultsOnXs(xs.path, findProgram(`${PROGRAMS}/awaiting.ts`))), AWAITED);
  });
}

const espruino = findEspruino();
if (espruino.path === undefined)
  test.skip("names lines and awaiters of what is thrown on Espruino", espruino.missing);
else {
  const { path } = espruino;
  test("names lines and awaiters of what is thrown on Espruino", async () => {
    const program = findProgram(`${PROGRAMS}/awaiting.ts`);
    assert.equal(plain(await faultsOnEspruino(path, program, pixl, NOTHING)), AWAITED);
  });

  test("names the lines of what the start throws on Espruino, which ends it", async () => {
    const run = faultsOnEspruino(path, findProgram(`${PROGRAMS}/faults.ts`), pixl, NOTHING);
    const error = (await run.catch((each: unknown) => each)) as Error;
    assert.match(error.message, /Error: no start \(at faults\.ts:27:\d+, from faults\.ts:32:\d+\)/);
  });
}
