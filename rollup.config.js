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

/**
 * What programs do with our objects by syntax, `for await (const item of channel)` and `using`, has types of its own, which the
 * compiler of programs reads by itself. Those of the package have them from its root on.
 */
const syntax = {
  name: "types-of-syntax",
  generateBundle(_, bundle) {
    const source = readFileSync("core/async-iterable.d.ts", "utf8");
    this.emitFile({ type: "asset", fileName: "core/async-iterable.d.ts", source });
    // Modules of core name the symbols of `using` themselves, since the library of ES5 does not; here they are everybody's.
    for (const [name, file] of Object.entries(bundle))
      if (/^core\/.*\.d\.ts$/.test(name))
        file.source = file.source.replace(/^declare const Symbol: \{[^}]*\};\n/m, "");
    const root = bundle["core/index.d.ts"];
    root.source = `/// <reference lib="esnext.disposable" />\n/// <reference path="./async-iterable.d.ts" />\n${root.source}`;
  },
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
  plugins: [workers, typescript({ tsconfig: "tsconfig.build.json" }), syntax],
};
