// @timeout 120
/**
 * Whole packages with plain async functions, generators and async iterators: installed where a program finds them, built
 * for Espruino, and run there. The same program on Node, as its authors wrote it, says what is right.
 */
import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
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
/** One over all of the packages, and one over the constructs of the language. */
const PROGRAMS = ["program", "constructs"];

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
  for (const name of PROGRAMS) cpSync(join(sources, `${name}.js`), join(folder, `${name}.js`));
});

/** What the program writes on Node, with Node's own async functions. */
async function linesOnNode(entry: string): Promise<string[]> {
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

for (const name of PROGRAMS) {
  const title = `${name}.js writes on Espruino what it writes on Node`;
  const espruino = findEspruino();
  if ("missing" in espruino) test.skip(title, espruino.missing);
  else
    test(title, async () => {
      const entry = join(folder, `${name}.js`);
      const { code } = await buildEspruino({ entry, board: pixl, minify: true });

      const run = await runEspruino(espruino.path, code, { until: "finished", timeoutMs: 20_000 });

      assert.equal(run.uncaught, []);
      assert.equal(run.lines, await linesOnNode(entry));
    });
}
