/** The esbuild plugin. Device builds of the command line use it too. */
import type { BuildOptions, PartialMessage, Plugin } from "esbuild";
import { dirname, resolve } from "node:path";
import { isError, type Diagnostic } from "../diagnostics.js";
import { withMap } from "../emit/maps.js";
import { Session, type PluginOptions } from "./session.js";

/** Engines of boards lack these symbols, or all symbols: a text does as well, that no program writes by chance. */
const SYMBOLS_OF_BOARDS = {
  "Symbol.dispose": '"@@dispose"',
  "Symbol.asyncDispose": '"@@asyncDispose"',
};

/** Errors that esbuild finds too: in the syntax, and an await outside of async functions. */
const FOUND_TWICE = /^(TS1\d+|C10[459])$/;

/** In the place of a module with such errors, which are told already. */
const REFUSED = { contents: "module.exports = {};", loader: "js" } as const;

/** Makes the plugin. Diagnostics become errors and warnings of the build with the code in their `id`. */
export function dormouse(options: PluginOptions = {}): Plugin {
  return {
    name: "dormouse",
    setup(build) {
      const session = new Session(options);
      if (options.entry === undefined) session.add(entryPoints(build.initialOptions));
      let isFirst = true;
      if (options.backend === "board") Object.assign((build.initialOptions.define ??= {}), SYMBOLS_OF_BOARDS);
      const { mangleProps } = build.initialOptions;
      if (mangleProps !== undefined) {
        session.compile();
        const words = wordsOf(session.texts, mangleProps);
        if (words.length > 0) build.initialOptions.reserveProps = new RegExp(`^(${words.join("|")})$`);
      }
      build.onStart(() => {
        const { diagnostics } = isFirst ? session.compiled : session.compile();
        isFirst = false;
        const toMessage = (each: Diagnostic): PartialMessage => messageOf(each, session.lineOf(each));
        return {
          errors: diagnostics.filter(isError).map(toMessage),
          warnings: diagnostics.filter((each) => !isError(each)).map(toMessage),
        };
      });
      build.onResolve({ filter: /^dormouse(\/|$)/ }, (args) => {
        const path = session.packaged(args.path);
        return path === undefined ? undefined : { path };
      });
      build.onResolve({ filter: /^\.\.?\// }, async (args) => {
        if (args.pluginData === "resolved" || options.replace === undefined) return undefined;
        const { resolveDir, kind, importer } = args;
        const found = await build.resolve(args.path, { resolveDir, kind, importer, pluginData: "resolved" });
        return found.errors.length > 0 ? undefined : { path: session.replaced(found.path) };
      });
      build.onLoad({ filter: /\.[cm]?[jt]s$/ }, (args) => {
        if (session.errorsIn(args.path).some(({ code }) => FOUND_TWICE.test(code)))
          return { ...REFUSED, watchFiles: session.files };
        const module = session.load(args.path);
        if (module === undefined) return undefined;
        const contents = module.map === null ? module.code : withMap(module.code, module.map);
        return { contents, loader: "ts", resolveDir: dirname(args.path), watchFiles: session.files };
      });
    },
  };
}

export { dormouse as default };
export type { PluginOptions };

/** The modules that a build starts from. */
function entryPoints({ entryPoints = [], absWorkingDir = process.cwd() }: BuildOptions): string[] {
  const points: (string | { in: string })[] = Array.isArray(entryPoints)
    ? entryPoints
    : Object.values(entryPoints);
  return points.map((each) => resolve(absWorkingDir, typeof each === "string" ? each : each.in));
}

/** The author's words in `texts` that `mangle` would rename, as if they were ours. */
function wordsOf(texts: readonly string[], mangle: RegExp): string[] {
  const words = new Set<string>();
  for (const text of texts) {
    for (const word of text.match(/[\w$]+/g) ?? []) {
      if (mangle.test(word)) words.add(word.replaceAll("$", "\\$"));
    }
  }
  return [...words];
}

function messageOf(diagnostic: Diagnostic, lineText: string): PartialMessage {
  const { code, file, line, column, message } = diagnostic;
  const location = file === "" ? null : { file, line, column: column - 1, lineText };
  return { id: code, text: `${code} ${message}`, location, detail: diagnostic };
}
