/** The program as the simulator runs it: the arena back end, in a module of its own, so that runs do not share state. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Board } from "../../hal/index.js";
import type { snapshot } from "../../core/index.js";
import type { Sim } from "../../targets/sim/index.js";
import { importWithinTime } from "../engines/time-limit.js";
import { withMap } from "../../compiler/index.js";
import { bundle, type Bundle, type BundleOptions } from "./bundle.js";

/** What the bundled module exports. */
export interface SimModule {
  readonly main: (board: Board) => void;
  readonly Sim: typeof Sim;
  readonly snapshot: typeof snapshot;
  /** Whether the jobs of promises must have their turn while it runs; false without it. */
  readonly usesPromises?: boolean;
}

/** Builds for Node: what the simulator and a host run. */
export function buildSim(entry: string, minify: boolean): Promise<Bundle> {
  return buildWith(entry, minify, { backend: "arena" });
}

/** The same with shared frames wherever they fit, to see that they do what the others do. */
export function buildShared(entry: string, minify: boolean): Promise<Bundle> {
  return buildWith(entry, minify, { backend: "shared", plugin: { evenPinned: true } });
}

function buildWith(
  entry: string,
  minify: boolean,
  how: Pick<BundleOptions, "backend" | "plugin">,
): Promise<Bundle> {
  return bundle({
    entry,
    ...how,
    minify,
    wrapper: () => wrapper(entry),
    esbuild: { format: "esm", target: "es2022", platform: "neutral", inject: [TIMEOUTS] },
  });
}

/** What stands for `setTimeout` and its like: virtual time is the program's only one. */
export const TIMEOUTS = join(DORMOUSE_ROOT, "targets/sim/timeouts.ts");

const PROMISES = /\b(async|await|Promise|queueMicrotask)\b|\$promised/;

/** Whether anything of the program, or of the packages that it uses, may queue jobs of promises. */
function usesPromises({ compiled, map }: Bundle): boolean {
  const { sources, sourcesContent } = map as { sources: string[]; sourcesContent: (string | null)[] };
  const packaged = sourcesContent.filter((_, i) => sources[i]?.includes("node_modules/"));
  const own = [...compiled.modules.values()].map(({ code }) => code);
  return [...packaged, ...own].some((text) => text !== null && PROMISES.test(text));
}

/** The module around a program. */
export function wrapper(entry: string): string {
  return `import main from ${JSON.stringify(entry)};
    import { Sim } from "dormouse/sim";
    import { snapshot } from "dormouse";
    export { main, Sim, snapshot };`;
}

/** Imports a bundle. Each call gives a module of its own. */
export async function importSim(built: Bundle, id: string): Promise<SimModule> {
  const module = await importModule(withMap(built.code, built.map), id);
  return { ...module, usesPromises: usesPromises(built) };
}

/** For what a program does when it is loaded. */
const LIMIT_MS = 20_000;

let count = 0;

/** Imports `code` as a module of its own. */
export async function importModule(code: string, id: string): Promise<SimModule> {
  const folder = join(DORMOUSE_ROOT, ".build/sim");
  await mkdir(folder, { recursive: true });
  const file = join(folder, `${id}-${process.pid}-${count++}.mjs`);
  await writeFile(file, code);
  const text = `E702 "simulator": still not started after ${LIMIT_MS / 1000} s. A loop at the top of a module never ends`;
  return (await importWithinTime(LIMIT_MS, pathToFileURL(file).href, text)) as SimModule;
}
