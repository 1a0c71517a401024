/**
 * The module of worker threads as one text, which `new Worker(text, { eval: true })` runs: for bundles of one file, where the
 * module beside targets/node/threads/worker-file.ts is not.
 */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const ENTRY = fileURLToPath(new URL(join("..", "targets/node/threads/worker/main.ts"), import.meta.url));

/** An expression for the text. */
export async function workerSource() {
  const { outputFiles } = await build({
    ...{ entryPoints: [ENTRY], bundle: true, write: false, logLevel: "silent" },
    ...{ platform: "node", format: "cjs", target: "node20", minifyWhitespace: true, legalComments: "none" },
  });
  return JSON.stringify(outputFiles[0].text);
}
