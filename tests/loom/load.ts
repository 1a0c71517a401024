/** The code under test as text: the shipped files and the scenarios, in one bundle in which `Atomics` is a parameter. */
import { join } from "node:path";
import { build } from "esbuild";
import type { Load } from "./explore.js";

/** Bundles a module that exports `scenarios`. */
export async function bundled(file: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(DORMOUSE_ROOT, "tests/loom/scenarios", file)],
    absWorkingDir: DORMOUSE_ROOT,
    bundle: true,
    write: false,
    format: "iife",
    globalName: "loaded",
    target: "es2022",
    logLevel: "silent",
  });
  return outputFiles[0]!.text;
}

/** Evaluates such a bundle, or a changed one. */
export function evaluate(text: string): Load {
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the text has parameters in the place of globals
  return new Function("Atomics", "loom", `${text}\nreturn loaded;`) as Load;
}
