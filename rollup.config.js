/** Builds the published library: every entry of package.json's `exports`, file by file, into dist/. */
import { readFileSync } from "node:fs";
import { isAbsolute } from "node:path";
import typescript from "@rollup/plugin-typescript";
import { workerSource } from "./scripts/worker-source.mjs";

const { exports } = JSON.parse(readFileSync("package.json", "utf8"));
/** The loader's hooks have no name: dormouse/register starts them in a thread of their own. */
const HOOKS = "compiler/plugin/hooks";

const entries = Object.values(exports).map((entry) => /^\.\/dist\/(.*)\.js$/.exec(entry.default)[1]);

/** Puts the module of workers into dist as text, too. */
const workers = {
  name: "worker-source",
  load: async (id) =>
    id.endsWith("/targets/node/threads/worker-source.ts")
      ? `export const WORKER_SOURCE = ${await workerSource()};\n`
      : null,
};

export default {
  input: Object.fromEntries([...entries, HOOKS].map((entry) => [entry, `${entry}.ts`])),
  output: {
    dir: "dist",
    format: "esm",
    sourcemap: true,
    preserveModules: true,
    preserveModulesRoot: ".",
  },
  // Node's modules and packages stay imports.
  external: (id) => !id.startsWith(".") && !isAbsolute(id),
  plugins: [workers, typescript({ tsconfig: "tsconfig.build.json" })],
};
