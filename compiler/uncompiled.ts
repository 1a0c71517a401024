/**
 * Programs without this compiler: TypeScript turns their async functions into generators, and core/dynamic.ts runs
 * those. Slow, and it allocates, but nothing of it is ours: what compiled code does is compared with it.
 *
 *   async function f() { await x }     -> function f() { return __awaiter(this, ..., function* () { yield x }) }
 *   select({ a: f() })                 -> select({ a: inPlace(f()) })            as uncompiled-marks.ts has it
 */
import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import type { Plugin } from "esbuild";
import ts from "typescript";
import { marked } from "./uncompiled-marks.js";
import { isAsyncSource, isOwnSource, packagePaths, packageRoot } from "./packages.js";

export interface UncompiledOptions {
  /** The root of the dormouse package; default the one that is installed. */
  readonly root?: string;
}

/** The helpers that lowered code imports: TypeScript's, but for the one that runs async functions. */
const HELPERS = "dormouse-helpers";

/** Makes the plugin: an alternative to `dormouse` for hosts. */
export function uncompiled({ root = packageRoot }: UncompiledOptions = {}): Plugin {
  const packages = packagePaths(root);
  return {
    name: "dormouse-uncompiled",
    setup(build) {
      build.onResolve({ filter: /^dormouse(\/|$)/ }, (args) => {
        const path = packages[args.path];
        return path === undefined ? undefined : { path };
      });
      build.onResolve({ filter: /^tslib$/ }, ({ path, namespace }) =>
        namespace === HELPERS ? undefined : { path, namespace: HELPERS },
      );
      build.onLoad({ filter: /.*/, namespace: HELPERS }, () => ({
        contents: `export * from "tslib";
          export { inTurn as __inTurn, returned as __returned } from "./core/dynamic-marks.js";
          export { awaiter as __awaiter, disposeResources as __disposeResources, inPlace as __inPlace } from "./core/dynamic.js";
          export { asyncGenerator as __asyncGenerator, asyncValues as __asyncValues, awaitMark as __await, delegator as __asyncDelegator } from "./core/dynamic-generators.js";`,
        resolveDir: root,
      }));
      build.onLoad({ filter: /\.[cm]?[jt]s$/ }, (args) => {
        const isAuthored = !args.path.includes("/node_modules/") && !isOwnSource(args.path, root);
        if (!isAuthored && !isAsyncSource(args.path, root)) return undefined;
        const contents = lowered(args.path, readFileSync(args.path, "utf8"));
        return { contents, loader: "js", resolveDir: dirname(args.path) };
      });
    },
  };
}

function lowered(path: string, text: string): string {
  const { outputText } = ts.transpileModule(marked(path, text), {
    fileName: path,
    compilerOptions: {
      target: ts.ScriptTarget.ES2015,
      module: ts.ModuleKind.ESNext,
      inlineSourceMap: true,
      inlineSources: true,
      importHelpers: true,
      useDefineForClassFields: true,
    },
  });
  return `import { __inPlace, __inTurn, __returned } from "tslib"; ${outputText}`;
}
