/** The esbuild plugin: the author's modules come from the compiler, `dormouse` imports from our own sources. */
import type { Message, PartialMessage, Plugin } from "esbuild";
import { compile, type Backend, type Compiled } from "./compile.js";
import { isError, type Diagnostic } from "./diagnostics.js";
import { withMap } from "./maps.js";
import { packagePaths, packageRoot, type Program } from "./program.js";

export interface PluginOptions {
  /** The module with the program's `main`. */
  readonly entry: string;
  readonly backend: Backend;
  /** Whether the engine has iterators; default true. */
  readonly hasIterators?: boolean;
  /** The root of the dormouse package; default the one that is installed. */
  readonly root?: string;
  /** Our modules that are replaced for the target: path from the root without extension -> path of the other. */
  readonly replace?: Readonly<Record<string, string>>;
  /** A module with generated text in place of a file's. */
  readonly virtual?: Readonly<Record<string, (compiled: Compiled) => string>>;
  /** Told what was compiled. */
  readonly onCompiled?: (compiled: Compiled) => void;
}

/** Engines of boards lack these symbols, or all symbols: a text does as well, that no program writes by chance. */
const SYMBOLS_OF_BOARDS = {
  "Symbol.dispose": '"@@dispose"',
  "Symbol.asyncDispose": '"@@asyncDispose"',
};

type Settings = PluginOptions & { readonly root: string };

/** Makes the plugin. Diagnostics become errors and warnings of the build with the code in their `id`. */
export function dormouse(given: PluginOptions): Plugin {
  const options = { root: packageRoot, ...given };
  const packages = packagePaths(options.root);
  return {
    name: "dormouse",
    setup(build) {
      const run = (): Compiled & { readonly program: Program } =>
        compile({
          entry: options.entry,
          backend: options.backend,
          hasIterators: options.hasIterators ?? true,
          packages,
        });
      const first = run();
      let compiled: Compiled = first;
      let isFirst = true;
      if (options.backend === "board") Object.assign((build.initialOptions.define ??= {}), SYMBOLS_OF_BOARDS);
      const { mangleProps } = build.initialOptions;
      const words = mangleProps === undefined ? [] : wordsOf(first.program, mangleProps);
      if (words.length > 0) build.initialOptions.reserveProps = new RegExp(`^(${words.join("|")})$`);
      build.onStart(() => {
        if (!isFirst) compiled = run();
        isFirst = false;
        options.onCompiled?.(compiled);
        const { diagnostics } = compiled;
        return {
          errors: diagnostics.filter(isError).map(toMessage),
          warnings: diagnostics.filter((each) => !isError(each)).map(toMessage),
        };
      });
      build.onResolve({ filter: /^dormouse(\/|$)/ }, (args) => {
        const path = packages[args.path];
        return path === undefined ? undefined : { path: replaced(path, options) };
      });
      build.onResolve({ filter: /^\.\.?\// }, async (args) => {
        if (args.pluginData === "resolved" || options.replace === undefined) return undefined;
        const { resolveDir, kind, importer } = args;
        const found = await build.resolve(args.path, { resolveDir, kind, importer, pluginData: "resolved" });
        return found.errors.length > 0 ? undefined : { path: replaced(found.path, options) };
      });
      build.onLoad({ filter: /\.[cm]?[jt]s$/ }, (args) => {
        const module = contentsOf(args.path, options, compiled);
        if (module === undefined) return undefined;
        const contents = module.map === null ? module.code : withMap(module.code, module.map);
        return { contents, loader: "ts", resolveDir: dirOf(args.path) };
      });
    },
  };
}

/** The author's words that `mangle` would rename, as if they were ours. */
function wordsOf(program: Program, mangle: RegExp): string[] {
  const words = new Set<string>();
  for (const file of program.authored) {
    for (const word of file.text.match(/[\w$]+/g) ?? []) {
      if (mangle.test(word)) words.add(word.replaceAll("$", "\\$"));
    }
  }
  return [...words];
}

interface Module {
  readonly code: string;
  readonly map: object | null;
}

/** The module at `path` as the compiler or a generator gives it; undefined leaves it to esbuild. */
function contentsOf(path: string, options: Settings, compiled: Compiled): Module | undefined {
  const virtual = options.virtual?.[relative(path, options)];
  if (virtual !== undefined) return { code: virtual(compiled), map: null };
  return compiled.modules.get(path);
}

function relative(path: string, options: Settings): string {
  return path.startsWith(`${options.root}/`)
    ? path.slice(options.root.length + 1).replace(/\.ts$/, "")
    : path;
}

function replaced(path: string, options: Settings): string {
  const other = options.replace?.[relative(path, options)];
  return other === undefined ? path : `${options.root}/${other}.ts`;
}

function dirOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/"));
}

function toMessage(diagnostic: Diagnostic): PartialMessage {
  const { code, file, line, column, message } = diagnostic;
  const location: Partial<Message["location"]> | null =
    file === "" ? null : { file, line, column: column - 1 };
  return { id: code, text: message, location, detail: diagnostic };
}
