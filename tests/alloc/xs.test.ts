// @timeout 600
/**
 * What steps of compiled tasks allocate on the real XS, from its own counters: slots, and bytes that it takes from the
 * system. Texts and the insides of arrays have a pool of their own, whose use it does not tell until the pool grows.
 */
import { join } from "node:path";
import { build, type Plugin } from "esbuild";
import * as assert from "uvu/assert";
import { buildModdable } from "../../cli/build/device.js";
import { findXs } from "../../cli/engines/find.js";
import { XsEngine } from "../../cli/engines/xs.js";
import { esp32 } from "../../targets/moddable/index.js";
import { suite } from "../support/suite.js";
import { PROGRAMS, WASTE } from "./programs.js";

const test = suite("alloc: XS");

const MODULES = join(DORMOUSE_ROOT, "tests/alloc/programs/moddable.ts");
/** Short enough that what the wasteful program leaves fits without a collection, which would hide it. */
const SHORT = 1000;
const LONG = 4000;

/** One round in the engine, which is swept before. */
const PLAY = `globalThis.play = (name, steps) => {
  gc();
  let isOver = false;
  globalThis.round = { name, steps, end() { isOver = true; } };
  program();
  drain();
  if (!isOver) throw new Error(name + ": the round did not end");
};undefined`;

interface Usage {
  readonly slots: number;
  readonly bytes: number;
}

const xs = findXs();
if (xs.path === undefined) test.skip("steps take no slot on XS", xs.missing);
else
  for (const { entry, names } of PROGRAMS) {
    const engine = new XsEngine(xs.path);

    const usageOf = async (name: string, steps: number): Promise<Usage> => {
      const { meter } = await engine.evaluate(`play(${JSON.stringify(name)}, ${steps})`);
      return { slots: meter.currentHeapCount, bytes: meter.allocate };
    };

    /**
     * What the steps take by which a long round is longer than a short one. The engine keeps a slot for each request, so
     * there is a short round on either side. The first rounds are to warm up.
     */
    const differenceOf = async (name: string): Promise<Usage> => {
      for (const steps of [LONG, SHORT]) await usageOf(name, steps);
      const before = await usageOf(name, SHORT);
      const long = await usageOf(name, LONG);
      const after = await usageOf(name, SHORT);
      return {
        slots: long.slots - (before.slots + after.slots) / 2,
        bytes: long.bytes - (before.bytes + after.bytes) / 2,
      };
    };

    test.before(async () => {
      await engine.evaluate(await script(entry));
      await engine.evaluate(PLAY);
    });
    test.after(() => engine.close());

    for (const name of names) {
      test(`${name} takes no slot`, async () => {
        assert.equal(await differenceOf(name), { slots: 0, bytes: 0 });
      });
    }

    if (WASTE.entry !== entry) continue;
    test("one more object in each step is seen", async () => {
      assert.ok((await differenceOf(WASTE.name)).slots >= LONG - SHORT);
    });
  }

/** The program as it is for Moddable, with the modules that it imports. */
async function script(entry: string): Promise<string> {
  const { code } = await buildModdable({ entry, board: esp32, minify: true });
  const contents = `import program from "program";
    import { drain } from ${JSON.stringify(MODULES)};
    Object.assign(globalThis, { program, drain });`;
  const result = await build({
    stdin: { contents, resolveDir: DORMOUSE_ROOT },
    bundle: true,
    write: false,
    format: "iife",
    target: "es2022",
    plugins: [modules(code)],
  });
  return `${result.outputFiles[0]?.text ?? ""};undefined`;
}

function modules(program: string): Plugin {
  return {
    name: "modules",
    setup(build) {
      build.onResolve({ filter: /^(program|timer|time)$/ }, ({ path }) => ({ path, namespace: "module" }));
      build.onLoad({ filter: /.*/, namespace: "module" }, ({ path }) => ({
        contents:
          path === "program" ? program : `export { ${path} as default } from ${JSON.stringify(MODULES)};`,
        resolveDir: DORMOUSE_ROOT,
      }));
    },
  };
}
