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
const isRefused = ([, , , verdict]: Row): boolean => verdict.startsWith("C");
const built = rows.filter((row) => !isRefused(row));

/** Rows in one program: few, for a fault stops all that come after it. */
const TOGETHER = 12;
/** Between the outputs of two rows. */
const NEXT = "print('@next');\n";

/** What came of each row on the engine, by its example. */
const asWritten = new Map<string, string>();
const asBuilt = new Map<string, string>();

if (espruino.path !== undefined) {
  const binary = espruino.path;
  test.before(async () => {
    // `eval` keeps a syntax error from stopping the other rows.
    const evaluated = (example: string): string =>
      `try { eval(${JSON.stringify(shown(example))}); } catch (e) { print("error"); }\n`;
    await run(binary, rows, 2, asWritten, (text) => Promise.resolve(text), evaluated);
    await run(binary, built, 1, asBuilt, builtFrom, (example) => `{\n${shown(example)}}\n`);
  });
}

/** Runs rows in groups, and those alone again that did not give what the table says: they may be in each other's way. */
async function run(
  binary: string,
  all: readonly Row[],
  column: 1 | 2,
  into: Map<string, string>,
  build: (program: string) => Promise<string>,
  programOf: (example: string) => string,
): Promise<void> {
  const groups = Array.from({ length: Math.ceil(all.length / TOGETHER) }, (_, i) =>
    all.slice(i * TOGETHER, (i + 1) * TOGETHER),
  );
  const programs = groups.map((group) => group.map(([example]) => programOf(example)).join(NEXT));
  const outputs = await runOnEspruino(binary, await Promise.all(programs.map(build)));
  groups.forEach((group, i) => {
    const values = (outputs[i] ?? "").split("@next").map(valueOf);
    group.forEach(([example], k) => into.set(example, values[k] ?? "none"));
  });
  const again = all.filter((row) => row[3] === "differs" || into.get(row[0]) !== row[column]);
  const alone = await Promise.all(again.map(([example]) => build(shown(example))));
  const singles = await runOnEspruino(binary, alone);
  again.forEach(([example], i) => into.set(example, valueOf(singles[i] ?? "")));
}

async function builtFrom(program: string): Promise<string> {
  const { code, map } = await bundleForEspruino({ main: program });
  return finished(code, map).code;
}

const valueOf = (output: string): string =>
  output.startsWith("FAILED") ? "error" : output.trim().replaceAll("\n", "\\n");

for (const row of rows) {
  const title = row[0];
  test(`${title}: JavaScript and the build are as the table says`, () => checkBuild(row));
  if (espruino.path === undefined) test.skip(`${title}: Espruino is as the table says`, espruino.missing);
  else test(`${title}: Espruino is as the table says`, () => checkEngine(row));
}

async function checkBuild(row: Row): Promise<void> {
  const [example, value, engine, verdict] = row;
  const actual = valueOf(runOnNode(shown(example)));
  // Node of the version in use may lack what is newest.
  if (actual !== "error") assert.is(actual, value);
  assert.is.not(engine, value, "a row is about a gap");
  if (isRefused(row)) assert.is(await refusalOf(shown(example)), verdict);
  else if (verdict === "helper")
    assert.match(lowerModule(shown(example), "main.ts").code, /^import .*dormouse/);
}

/** The code that a program is refused with; undefined when it builds. */
async function refusalOf(program: string): Promise<string | undefined> {
  try {
    lowerModule(program, "main.ts");
  } catch (error) {
    if (error instanceof LoweringError) return error.violations[0]?.code;
    throw error;
  }
  return lintProfile(await builtFrom(program))[0]?.code;
}

function checkEngine(row: Row): void {
  const [example, value, engine, verdict] = row;
  assert.is(asWritten.get(example), engine);
  if (verdict === "differs") assert.is.not(asBuilt.get(example), value);
  else if (!isRefused(row)) assert.is(asBuilt.get(example), value);
}
