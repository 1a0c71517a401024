/** The program without our compiler, on the same executor: the oracle of the conformance tests. */
import { build } from "esbuild";
import { uncompiled } from "../../compiler/index.js";
import { TIMEOUTS, importModule, wrapper, type SimModule } from "./sim.js";

/** Builds and imports the program as TypeScript lowers it. */
export async function importUncompiled(entry: string, id: string): Promise<SimModule> {
  const result = await build({
    stdin: { contents: wrapper(entry), resolveDir: DORMOUSE_ROOT, loader: "ts" },
    bundle: true,
    write: false,
    format: "esm",
    target: "es2022",
    platform: "neutral",
    sourcemap: "inline",
    keepNames: true,
    logLevel: "silent",
    inject: [TIMEOUTS],
    plugins: [uncompiled({ root: DORMOUSE_ROOT })],
  });
  const module = await importModule(result.outputFiles[0]?.text ?? "", id);
  return { ...module, usesPromises: true };
}
