/** Programs in tests: a source text, compiled by the arena back end and imported together with the library it runs on. */
import { createHash } from "node:crypto";
import { mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { bundle } from "../../cli/build/bundle.js";
import { withMap, type Backend } from "../../compiler/index.js";

/** What a loaded program consists of. Its core is not the one that the test itself may have imported. */
export interface Loaded<P> {
  /** What the program exports. */
  readonly program: P;
  readonly core: typeof import("../../core/index.js");
  readonly sim: typeof import("../../targets/sim/index.js");
}

/** Lines put before every program: the names of the library. */
const IMPORTS = `
  import { Channel, CLOSED, Signal, cancel, ms, s, select, sleep, spawn, task, timeout, TIMED_OUT, yieldNow } from "dormouse";
  import type { Future, TaskId, TaskKind } from "dormouse";
  import type { Board, Console, InputPin, OutputPin } from "dormouse/hal";
`;

/** The start of a program that has none: its tasks are for the test to spawn. */
const NO_START = "\nexport default function main(): void {}\n";

/**
 * Compiles the module `source`, which need not import anything of the library. Every call of what it gives is a
 * library and a program of their own. What the compiler refuses is thrown as its BuildError.
 */
export async function compileProgram<P>(
  source: string,
  backend: Backend = "arena",
): Promise<() => Promise<Loaded<P>>> {
  const entry = await writeProgram(source);
  const built = await bundle({
    entry,
    backend,
    minify: false,
    wrapper: () => `
      export * as program from ${JSON.stringify(entry)};
      export * as core from "dormouse";
      export * as sim from "dormouse/sim";`,
    esbuild: { format: "esm", target: "es2022", platform: "neutral" },
  });
  const url = pathToFileURL(await written(withMap(built.code, built.map), "mjs")).href;
  return async () => (await import(`${url}?${count++}`)) as Loaded<P>;
}

let count = 0;

/** The file of a program, with the names of the library imported on its first line, and a start when it has none. */
export function writeProgram(source: string): Promise<string> {
  const end = source.includes("export default ") ? "" : NO_START;
  return written(IMPORTS.replaceAll(/\n +/g, " ").trim() + source + end, "ts");
}

/** A file with `text`, called after it, so that processes that run at once do not disturb each other. */
async function written(text: string, extension: string): Promise<string> {
  const folder = join(DORMOUSE_ROOT, ".build/programs");
  await mkdir(folder, { recursive: true });
  const name = createHash("sha256").update(text).digest("hex").slice(0, 12);
  const file = join(folder, `${name}.${extension}`);
  await writeFile(`${file}.${String(process.pid)}`, text);
  await rename(`${file}.${String(process.pid)}`, file);
  return file;
}
