// @timeout 400
/**
 * The language table against the engines: each row as written on Node, as written on Espruino, and built on Espruino.
 * So a gap that the engine closes is noticed, as well as one that the build leaves open.
 */
import * as assert from "uvu/assert";
import { findEspruino } from "../../cli/engines/find.js";
import { finished } from "../../compiler/espruino/finish.js";
import { lintProfile } from "../../compiler/espruino/lint.js";
import { lowerModule } from "../../compiler/espruino/lower.js";
import { LoweringError } from "../../compiler/espruino/refuse.js";
import type { Row } from "../../compiler/espruino/profile/row.js";
import { TABLE } from "../../compiler/espruino/profile/table.js";
import { shown } from "../support/shown.js";
import { suite } from "../support/suite.js";
import { bundleForEspruino } from "../unit/compiler/espruino/bundle.js";
import { runOnEspruino, runOnNode } from "../unit/compiler/espruino/engine.js";

const test = suite("conformance/espruino-table");
const espruino = findEspruino();
const rows = Object.values(TABLE).flat();

/** What came of each row on the engine, by its example. */
const asWritten = new Map<string, string>();
const asBuilt = new Map<string, string>();

/** The code that a row is refused with; undefined when it builds. */
async function refusalOf(example: string): Promise<string | undefined> {
  const program = shown(example);
  try {
    lowerModule(program, "main.ts");
  } catch (error) {
    if (error instanceof LoweringError) return error.violations[0]?.code;
    throw error;
  }
  const { code, map } = await builtFrom(program);
  return lintProfile(code, map)[0]?.code;
}

async function builtFrom(program: string): Promise<{ code: string; map: object }> {
  const { code, map } = await bundleForEspruino({ main: program });
  return finished(code, map);
}

const valueOf = (output: string | undefined): string =>
  output === undefined || output.startsWith("FAILED") ? "error" : output.replaceAll("\n", "\\n");

if (espruino.path !== undefined) {
  const binary = espruino.path;
  test.before(async () => {
    const written = await runOnEspruino(
      binary,
      rows.map(([example]) => shown(example)),
    );
    rows.forEach(([example], i) => asWritten.set(example, valueOf(written[i])));
    const building = rows.filter(([, , , verdict]) => !verdict.startsWith("C"));
    const programs = await Promise.all(
      building.map(async ([example]) => (await builtFrom(shown(example))).code),
    );
    const built = await runOnEspruino(binary, programs);
    building.forEach(([example], i) => asBuilt.set(example, valueOf(built[i])));
  });
}

/** Node of the version in use may lack what is newest. */
function isOnNode(value: string): boolean {
  return value !== "error";
}

for (const row of rows) {
  test(`${row[0]}: JavaScript and the build are as the table says`, () => checkBuild(row));
  if (espruino.path === undefined) test.skip(`${row[0]}: Espruino is as the table says`, espruino.missing);
  else test(`${row[0]}: Espruino is as the table says`, () => checkEngine(row));
}

async function checkBuild([example, value, engine, verdict]: Row): Promise<void> {
  const actual = valueOf(runOnNode(shown(example)));
  if (isOnNode(actual)) assert.is(actual, value);
  assert.is.not(engine, value, "a row is about a gap");
  assert.is(await refusalOf(example), verdict.startsWith("C") ? verdict : undefined);
  if (verdict === "helper") assert.match(lowerModule(shown(example), "main.ts").code, /^import .*dormouse:/);
}

function checkEngine([example, value, engine, verdict]: Row): void {
  assert.is(asWritten.get(example), engine);
  if (verdict === "differs") assert.is.not(asBuilt.get(example), value);
  else if (!verdict.startsWith("C")) assert.is(asBuilt.get(example), value);
}
