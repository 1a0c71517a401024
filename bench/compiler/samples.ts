/** The eight sample programs, built by each route for each engine, and what they print there. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { createContext, runInContext } from "node:vm";
import { build, type Plugin } from "esbuild";
import { buildEspruino, buildModdable } from "../../cli/build/device.js";
import { buildSim, importSim } from "../../cli/build/sim.js";
import { runEspruino } from "../../cli/engines/espruino.js";
import { XsEngine } from "../../cli/engines/xs.js";
import { pixl } from "../../targets/espruino/index.js";
import { esp32 } from "../../targets/moddable/index.js";
import type { Ticks } from "../../core/index.js";
import { PEERS, forEspruino, peerText, type Peer } from "./peers.js";

/** Who compiles. */
export type Route = "ours" | Peer;
export const ROUTES: readonly Route[] = ["ours", ...PEERS];

const FOLDER = join(DORMOUSE_ROOT, "bench/programs/samples");
const CLOCK = join(DORMOUSE_ROOT, "bench/drivers/clock.ts");

export const SAMPLES: readonly string[] = readdirSync(FOLDER)
  .map((file) => file.replace(/\.ts$/, ""))
  .sort();

const built = new Map<string, Promise<string>>();

/** The minified program for Espruino, a script. */
export function espruinoText(sample: string, route: Route): Promise<string> {
  return once(`espruino ${sample} ${route}`, async () => {
    const entry = join(FOLDER, `${sample}.ts`);
    if (route !== "ours") return peerText(entry, "espruino", route);
    return (await buildEspruino({ entry, board: pixl, minify: true })).code.trimEnd();
  });
}

/** The minified program for Moddable, a module whose default export starts it. */
export function moddableText(sample: string, route: Route): Promise<string> {
  return once(`moddable ${sample} ${route}`, async () => {
    const entry = join(FOLDER, `${sample}.ts`);
    if (route !== "ours") return peerText(entry, "moddable", route);
    return (await buildModdable({ entry, board: esp32, minify: true })).code.trimEnd();
  });
}

function once(key: string, make: () => Promise<string>): Promise<string> {
  const known = built.get(key) ?? make();
  built.set(key, known);
  return known;
}

/** A script for XS with the program for Moddable: `program()` starts it, `drain()` runs it to its end. */
export async function xsText(sample: string, route: Route): Promise<string> {
  const module = await moddableText(sample, route);
  const result = await build({
    stdin: {
      contents: `import program from "sample:program";
        import { drain } from ${JSON.stringify(CLOCK)};
        Object.assign(globalThis, { program, drain });`,
      resolveDir: DORMOUSE_ROOT,
    },
    bundle: true,
    write: false,
    format: "iife",
    target: "es2022",
    logLevel: "silent",
    plugins: [modules(module)],
  });
  return `${result.outputFiles[0]?.text ?? ""};undefined`;
}

const MODULES: Readonly<Record<string, string>> = {
  timer: "timer",
  time: "time",
  "embedded:io/digital": "Digital",
  "embedded:io/analog": "Analog",
};

function modules(program: string): Plugin {
  return {
    name: "modules",
    setup(builder) {
      builder.onResolve({ filter: /^(sample:program|timer|time|embedded:io\/.*)$/ }, ({ path }) => ({
        path,
        namespace: "module",
      }));
      builder.onLoad({ filter: /.*/, namespace: "module" }, ({ path }) => ({
        contents:
          MODULES[path] === undefined
            ? program
            : `export { ${MODULES[path]} as default } from ${JSON.stringify(CLOCK)};`,
        resolveDir: DORMOUSE_ROOT,
      }));
    },
  };
}

const TIMEOUT_MS = 60_000;

/** A script for Espruino, whose Linux build has no such pin. */
async function espruinoScript(sample: string, route: Route, rounds: number): Promise<string> {
  const text = await espruinoText(sample, route);
  const runnable =
    route === "ours" ? text : await once(`lowered ${sample} ${route}`, () => forEspruino(text));
  return `var rounds=${rounds};function digitalWrite(){}${runnable}`;
}

/** What the sample prints on Espruino; the engine ends by itself when nothing is left to do. */
export async function linesOnEspruino(
  binary: string,
  sample: string,
  route: Route,
  rounds: number,
): Promise<readonly string[]> {
  const run = await runEspruino(binary, await espruinoScript(sample, route, rounds), {
    until: /^(?!)/,
    timeoutMs: TIMEOUT_MS,
  });
  return [...run.lines, ...run.uncaught.map((each) => `uncaught ${each}`)];
}

/** What the sample prints on XS. */
export async function linesOnXs(
  binary: string,
  sample: string,
  route: Route,
  rounds: number,
): Promise<readonly string[]> {
  const lines: string[] = [];
  const engine = new XsEngine(binary, { onPrint: (line) => lines.push(line) });
  try {
    await engine.evaluate(await xsText(sample, route));
    await engine.evaluate(`globalThis.rounds=${rounds};program();drain();undefined`);
    return lines;
  } finally {
    await engine.close();
  }
}

/** What the sample prints on Node: ours in the simulator, those of the peers as they are for Espruino. */
export async function linesOnNode(sample: string, route: Route, rounds: number): Promise<readonly string[]> {
  if (route !== "ours") return linesInContext(await espruinoText(sample, route), rounds);
  const lines: string[] = [];
  Object.assign(globalThis, { rounds, print: (line: string) => lines.push(line) });
  const { main, Sim } = await importSim(await buildSim(join(FOLDER, `${sample}.ts`), false), sample);
  new Sim().start(main).advance(1_000_000 as Ticks);
  return lines;
}

function linesInContext(text: string, rounds: number): readonly string[] {
  const lines: string[] = [];
  const queue: { at: number; run: () => void }[] = [];
  let now = 0;
  const setTimeout = (run: (...args: unknown[]) => void, delay: number, ...args: unknown[]): void => {
    queue.push({ at: now + delay, run: () => run(...args) });
    queue.sort((a, b) => a.at - b.at);
  };
  const print = (line: string): number => lines.push(line);
  runInContext(text, createContext({ rounds, print, setTimeout, digitalWrite: () => undefined }));
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    now = next.at;
    next.run();
  }
  return lines;
}
