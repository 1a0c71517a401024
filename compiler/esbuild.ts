/** The esbuild plugin: the author's modules come from the compiler, `dormouse` imports from our own sources. */
import { readFileSync } from "node:fs";
import remapping from "@jridgewell/remapping";
import type { Message, PartialMessage, Plugin } from "esbuild";
import { compile, type Backend, type Compiled } from "./compile.js";
import type { Diagnostic } from "./diagnostics.js";
import { packagePaths } from "./program.js";

export interface PluginOptions {
  /** The module with the program's `main`. */
  readonly entry: string;
  readonly backend: Backend;
  /** The root of the dormouse package. */
  readonly root: string;
  /** Our modules that are replaced for the target: path from the root without extension -> path of the other. */
  readonly replace?: Readonly<Record<string, string>>;
  /** A last change to each module, the author's and ours, before it is bundled. */
  readonly lower?: (code: string, path: string) => { readonly code: string; readonly map: object };
  /** A module with generated text in place of a file's. */
  readonly virtual?: Readonly<Record<string, (compiled: Compiled) => string>>;
  /** Told what was compiled. */
  readonly onCompiled?: (compiled: Compiled) => void;
}

/** Makes the plugin. Diagnostics become build errors with the code in their `id`. */
export function dormouse(options: PluginOptions): Plugin {
  const packages = packagePaths(options.root);
  return {
    name: "dormouse",
    setup(build) {
      let compiled: Compiled | undefined;
      build.onStart(() => {
        compiled = compile({ entry: options.entry, backend: options.backend, packages });
        options.onCompiled?.(compiled);
        return { errors: compiled.diagnostics.map(toMessage) };
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
        const module = contentsOf(args.path, options, compiled!);
        if (module === undefined) return undefined;
        try {
          const { code, map } = lowered(module, args.path, options);
          return { contents: map === null ? code : withMap(code, map), loader: "ts", resolveDir: dirOf(args.path) };
        } catch (error) {
          if (error instanceof Error && "diagnostics" in error) {
            return { errors: (error.diagnostics as Diagnostic[]).map(toMessage) };
          }
          throw error;
        }
      });
    },
  };
}

interface Module {
  readonly code: string;
  readonly map: object | null;
}

/** The module at `path` as the compiler or a generator gives it; undefined leaves it to esbuild. */
function contentsOf(path: string, options: PluginOptions, compiled: Compiled): Module | undefined {
  const virtual = options.virtual?.[relative(path, options)];
  if (virtual !== undefined) return { code: virtual(compiled), map: null };
  const own = compiled.modules.get(path);
  if (own !== undefined) return own;
  return options.lower === undefined ? undefined : { code: readFileSync(path, "utf8"), map: null };
}

function lowered(module: Module, path: string, options: PluginOptions): Module {
  if (options.lower === undefined) return module;
  const result = options.lower(module.code, path);
  return { code: result.code, map: module.map === null ? result.map : composed(result.map, module.map) };
}

/** The map from the last text to the first, over `inner`: that from the middle to the first. */
function composed(outer: object, inner: object): object {
  const asMap = inner as Parameters<typeof remapping>[0];
  let isFirst = true;
  return remapping(outer as typeof asMap, () => {
    const answer = isFirst ? asMap : null;
    isFirst = false;
    return answer;
  });
}

function relative(path: string, options: PluginOptions): string {
  return path.startsWith(`${options.root}/`) ? path.slice(options.root.length + 1).replace(/\.ts$/, "") : path;
}

function replaced(path: string, options: PluginOptions): string {
  const other = options.replace?.[relative(path, options)];
  return other === undefined ? path : `${options.root}/${other}.ts`;
}

function dirOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/"));
}

function withMap(code: string, map: object): string {
  const base64 = Buffer.from(JSON.stringify(map)).toString("base64");
  return `${code}\n//# sourceMappingURL=data:application/json;base64,${base64}\n`;
}

function toMessage(diagnostic: Diagnostic): PartialMessage {
  const { code, file, line, column, message } = diagnostic;
  const location: Partial<Message["location"]> | null = file === "" ? null : { file, line, column: column - 1 };
  return { id: code, text: message, location, detail: diagnostic };
}
