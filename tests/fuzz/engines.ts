/** The ways to run a module of random programs. Each gives the lines that were written. */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { createContext, runInContext } from "node:vm";
import { build, type Plugin } from "esbuild";
import ts from "typescript";
import { buildEspruino, buildXs } from "../../cli/build/device.js";
import { buildShared, buildSim, importSim } from "../../cli/build/sim.js";
import { runEspruino } from "../../cli/engines/espruino.js";
import { XsEngine } from "../../cli/engines/xs.js";
import { uncompiled } from "../../compiler/index.js";
import type { Ticks } from "../../core/index.js";
import { pixl } from "../../targets/espruino/index.js";
import { esp32 } from "../../targets/moddable/index.js";
import { FINISHED } from "./module.js";

/** Virtual milliseconds; more than any program wants. */
export const DURATION = 20_000;

export type Run = (file: string) => Promise<readonly string[]>;

/** Writes `text` as a program's file. */
export async function programFile(name: string, text: string): Promise<string> {
  const folder = join(DORMOUSE_ROOT, ".build/fuzz");
  await mkdir(folder, { recursive: true });
  const file = join(folder, `${name}.ts`);
  await writeFile(file, text);
  return file;
}

type Main = (board: unknown) => void;

/** `using` by TypeScript: esbuild's own throws again, in each further round of a loop, what was thrown in one. */
export const usingLowered: Plugin = {
  name: "using",
  setup: (builder) => {
    builder.onLoad({ filter: /\.build\/fuzz\/.*\.ts$/ }, async ({ path }) => {
      const compilerOptions = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext };
      const { outputText } = ts.transpileModule(await readFile(path, "utf8"), { compilerOptions });
      return { contents: outputText.replace("suppressed during disposal.", "suppressed during disposal") };
    });
  },
};

/** Node's own async functions. */
export const onPromises: Run = async (file) => {
  const alias: Plugin = {
    name: "native",
    setup: (builder) => {
      builder.onResolve({ filter: /^dormouse$/ }, () => ({
        path: join(DORMOUSE_ROOT, "tests/fuzz/native.ts"),
      }));
    },
  };
  const main = await bundled(file, [alias, usingLowered]);
  const lines: string[] = [];
  main({ console: { write: (text: string) => lines.push(text) } });
  while (lines.at(-1) !== FINISHED) await setImmediate();
  return lines;
};

/** TypeScript's lowering on our executor. */
export const uncompiledOnNode: Run = async (file) => {
  const text = `import main from ${JSON.stringify(file)}; import { Sim } from "dormouse/sim"; export { main, Sim };`;
  const code = await bundledText(text, [uncompiled({ root: DORMOUSE_ROOT })]);
  const { main, Sim } = evaluated(code) as Awaited<ReturnType<typeof importSim>>;
  return linesOf(new Sim().start(main).advance(DURATION as Ticks));
};

/** The arena back end in the simulator. */
export const arenaOnNode =
  (minify: boolean): Run =>
  async (file) => {
    const { main, Sim } = await importSim(await buildSim(file, minify), `fuzz${minify ? "-min" : ""}`);
    return linesOf(new Sim().start(main).advance(DURATION as Ticks));
  };

/** The shared back end in the simulator: programs of numeric.ts have their frames in columns. */
export const sharedOnNode =
  (minify: boolean): Run =>
  async (file) => {
    const built = await buildShared(file, minify);
    const { main, Sim } = await importSim(built, `fuzz-shared${minify ? "-min" : ""}`);
    return linesOf(new Sim().start(main).advance(DURATION as Ticks));
  };

/** The board back end, with the device executor, over a virtual board on Node. */
export const boardOnNode =
  (minify: boolean): Run =>
  async (file) => {
    const { code } = await buildXs({ entry: file, board: esp32, minify });
    const context = createContext({});
    runInContext(code, context);
    return eventLines(runInContext(`start(); virtual.advance(${DURATION})`, context) as string);
  };

/** The same on the real XS. */
export const boardOnXs =
  (binary: string): Run =>
  async (file) => {
    const { code } = await buildXs({ entry: file, board: esp32, minify: true });
    const xs = new XsEngine(binary);
    try {
      await xs.evaluate(code);
      return eventLines((await xs.evaluate(`start(); virtual.advance(${DURATION})`)).text);
    } finally {
      await xs.close();
    }
  };

/** The device build on the real Espruino, on its own clock. */
export const boardOnEspruino =
  (binary: string): Run =>
  async (file) => {
    const { code } = await buildEspruino({ entry: file, board: pixl, minify: true });
    const { lines, uncaught, ended } = await runEspruino(binary, code, {
      until: FINISHED,
      timeoutMs: 30_000,
    });
    const faults = uncaught.filter((each) => !/^task "/.test(each));
    return ended === "marker" && faults.length === 0 ? lines : [...lines, ...faults, `0 ended by ${ended}`];
  };

function linesOf(sim: {
  readonly trace: { readonly lines: readonly { readonly text: string }[] };
}): string[] {
  return sim.trace.lines.map((line) => line.text);
}

function eventLines(events: string): string[] {
  return events.split("\n").map((line) => line.replace(/^line \d+ /, ""));
}

async function bundled(file: string, plugins: Plugin[]): Promise<Main> {
  const code = await bundledText(`export { default as main } from ${JSON.stringify(file)};`, plugins);
  return (evaluated(code) as { main: Main }).main;
}

/** A script that defines `bundle`, all that the module `contents` exports. */
export async function bundledText(contents: string, plugins: Plugin[]): Promise<string> {
  const result = await build({
    stdin: { contents, resolveDir: DORMOUSE_ROOT },
    bundle: true,
    write: false,
    format: "iife",
    globalName: "bundle",
    target: "es2022",
    logLevel: "silent",
    plugins,
  });
  return result.outputFiles[0]!.text;
}

function evaluated(code: string): unknown {
  // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call -- our own text
  return new Function(`"use strict"; ${code}; return bundle;`)();
}
