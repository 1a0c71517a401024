/** Puts the module of worker threads, as one text, into programs that are built here. */
import { join } from "node:path";
import { build, type Plugin } from "esbuild";

let text: Promise<string> | undefined;

/** Fills targets/node/threads/worker-source.ts. */
export function workerSource(): Plugin {
  return {
    name: "worker-source",
    setup(builder) {
      builder.onLoad({ filter: /targets\/node\/threads\/worker-source\.ts$/ }, async () => {
        text ??= bundled();
        return { contents: `export const WORKER_SOURCE = ${JSON.stringify(await text)};`, loader: "ts" };
      });
    },
  };
}

async function bundled(): Promise<string> {
  const entry = join(DORMOUSE_ROOT, "targets/node/threads/worker/main.ts");
  const { outputFiles } = await build({
    ...{ entryPoints: [entry], bundle: true, write: false, logLevel: "silent" },
    ...{ platform: "node", format: "cjs", target: "node20", minifyWhitespace: true },
  });
  return outputFiles[0]?.text ?? "";
}
