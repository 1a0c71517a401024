/** What lowered async functions and generators use: core/promises, lowered itself, for an engine without symbols. */
import { readFileSync } from "node:fs";
import type { Plugin } from "esbuild";
import { lowerModule } from "./lower.js";

/** Lets esbuild find `dormouse/promises` in the package whose root is `root`. */
export function promisesPlugin(root: string): Plugin {
  const folder = `${root}/core/promises`;
  return {
    name: "dormouse-promises",
    setup(build) {
      build.onResolve({ filter: /^dormouse\/promises$/ }, () => ({
        path: `${folder}/index-es5.ts`,
        sideEffects: false,
      }));
      build.onResolve({ filter: /^\.\// }, ({ path, resolveDir }) => {
        if (resolveDir !== folder) return undefined;
        const name = path === "./engine.js" ? "engine-es5" : path.slice(2).replace(/\.js$/, "");
        return { path: `${folder}/${name}.ts`, sideEffects: false };
      });
      build.onLoad({ filter: /\/core\/promises\/[\w-]+\.ts$/ }, ({ path }) => ({
        contents: lowerModule(readFileSync(path, "utf8"), path).code,
        loader: "js",
        resolveDir: folder,
      }));
    },
  };
}
