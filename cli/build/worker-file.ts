/** Bundles what worker threads run beside a program that uses them, which a bundle of one file would leave behind. */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build, type Plugin } from "esbuild";

/** Puts the bundle of the worker's module into .build/run, and its URL into the program. */
export function workerFile(): Plugin {
  return {
    name: "worker-file",
    setup(builder) {
      const entry = join(DORMOUSE_ROOT, "targets/node/threads/worker/main.ts");
      builder.onLoad({ filter: /targets\/node\/threads\/worker-file\.ts$/ }, async () => {
        const outfile = join(DORMOUSE_ROOT, ".build/run/worker.mjs");
        const target = { platform: "node", format: "esm", target: "node20" } as const;
        await build({ entryPoints: [entry], outfile, bundle: true, logLevel: "silent", ...target });
        return {
          contents: `export const WORKER_FILE = new URL("${pathToFileURL(outfile).href}");`,
          loader: "ts",
        };
      });
    },
  };
}
