// @timeout 120
/**
 * Whole packages with plain async functions, generators and async iterators: installed where a program finds them, built
 * for Espruino, and run there. The same program on Node, as its authors wrote it, says what is right.
 */
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { build } from "esbuild";
import * as assert from "uvu/assert";
import { buildEspruino } from "../../cli/build/device.js";
import { runEspruino } from "../../cli/engines/espruino.js";
import { findEspruino } from "../../cli/engines/find.js";
import { pixl } from "../../targets/espruino/index.js";
import { suite } from "../support/suite.js";

const test = suite("conformance/packages");
const sources = join(DORMOUSE_ROOT, "tests/conformance/packages");
const folder = join(DORMOUSE_ROOT, ".build/packages");
const entry = join(folder, "program.js");

test.before(() => {
  rmSync(folder, { recursive: true, force: true });
  for (const name of ["cache", "events", "iterators", "queue", "retry"]) {
    const home = join(folder, `node_modules/small-${name}`);
    mkdirSync(home, { recursive: true });
    cpSync(join(sources, `${name}.js`), join(home, "index.js"));
    writeFileSync(
      join(home, "package.json"),
      JSON.stringify({ name: `small-${name}`, type: "module", main: "index.js" }),
    );
  }
  writeFileSync(entry, readFileSync(join(sources, "program.js")));
});

/** What the program writes on Node, with Node's own async functions. */
async function linesOnNode(): Promise<string[]> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: "iife",
    globalName: "program",
    logLevel: "silent",
  });
  // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call -- our own text
  const program = new Function(`${outputFiles[0]!.text}; return program;`)() as {
    default: (board: unknown) => void;
  };
  const lines: string[] = [];
  program.default({ console: { write: (text: string) => lines.push(text) } });
  while (lines.at(-1) !== "finished") await delay(5);
  return lines;
}

const espruino = findEspruino();
const title = "packages write on Espruino what they write on Node";
if ("missing" in espruino) test.skip(title, espruino.missing);
else
  test(title, async () => {
    const { code } = await buildEspruino({ entry, board: pixl, minify: true });

    const run = await runEspruino(espruino.path, code, { until: "finished", timeoutMs: 20_000 });

    assert.equal(run.uncaught, []);
    assert.equal(run.lines, await linesOnNode());
  });
