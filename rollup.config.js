/** Builds the published library: every entry of package.json's `exports`, file by file, into dist/. */
import { existsSync } from "node:fs";
import { isAbsolute } from "node:path";
import typescript from "@rollup/plugin-typescript";

const ENTRIES = ["core/index", "hal/index", "targets/sim/index", "targets/node/index", "compiler/index"];

const entries = ENTRIES.filter((entry) => existsSync(`${entry}.ts`));
for (const entry of ENTRIES) if (!entries.includes(entry)) console.warn(`not written yet: ${entry}.ts`);

export default {
  input: Object.fromEntries(entries.map((entry) => [entry, `${entry}.ts`])),
  output: {
    dir: "dist",
    format: "esm",
    sourcemap: true,
    preserveModules: true,
    preserveModulesRoot: ".",
  },
  // Node's modules and packages stay imports.
  external: (id) => !id.startsWith(".") && !isAbsolute(id),
  plugins: [typescript({ tsconfig: "tsconfig.build.json" })],
};
