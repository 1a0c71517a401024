/**
 * The Vite plugin, for Vitest too. `dormouse` is imported as any package is; a module that nothing known led to is
 * compiled when it is asked for first.
 */
import { toJavaScript } from "./javascript.js";
import { report, throwErrors, type Context } from "./logs.js";
import { Session, type PluginOptions } from "./session.js";

/** The hooks of Vite that the plugin has. */
export interface VitePlugin {
  readonly name: string;
  readonly enforce: "pre";
  configResolved(config: { readonly command: string }): void;
  buildStart(this: Context): void;
  resolveId(source: string, importer: string | undefined): string | undefined;
  load(this: Context, id: string): { code: string; map: string } | undefined;
  watchChange(): void;
  handleHotUpdate<M>(update: HotUpdate<M>): M[] | undefined;
}

/** What Vite says of a changed file. */
interface HotUpdate<M> {
  readonly file: string;
  readonly modules: M[];
  readonly server: { readonly moduleGraph: { getModulesByFile(file: string): Set<M> | undefined } };
}

/** Makes the plugin. While Vite serves, diagnostics are shown where a module is loaded; a build ends with them. */
export function dormouse(options: PluginOptions = {}): VitePlugin {
  const session = new Session(options);
  let isBuild = true;
  return {
    name: "dormouse",
    enforce: "pre",
    configResolved({ command }) {
      isBuild = command === "build";
    },
    buildStart() {
      if (options.entry === undefined) return;
      session.compile();
      if (isBuild) report(this, session);
    },
    resolveId(source, importer) {
      return importer === undefined ? undefined : session.named(source, fileOf(importer));
    },
    load(name) {
      const id = session.sourceOf(fileOf(name));
      if (!session.isAuthored(id)) return undefined;
      const isNew = session.cover(id);
      if (isNew) report(this, session, id);
      else throwErrors(this, session, id);
      const module = session.load(id);
      if (module === undefined || !session.isChanged(id)) return undefined;
      const { code, map } = toJavaScript(module, id);
      return { code, map: JSON.stringify(map) };
    },
    watchChange() {
      session.invalidate();
    },
    /** A change may change what other modules are compiled to. */
    handleHotUpdate({ file, modules, server }) {
      const before = session.compiled.modules;
      if (!before.has(file)) return undefined;
      const after = session.compile().modules;
      const others = [...after.keys()].filter(
        (path) => path !== file && before.get(path)?.code !== after.get(path)?.code,
      );
      return [
        ...modules,
        ...others.flatMap((path) => [...(server.moduleGraph.getModulesByFile(path) ?? [])]),
      ];
    },
  };
}

/** The file that stands behind a module's name; the name where it is the file's text, say, that is asked for. */
function fileOf(name: string): string {
  const [file, query] = name.split("?");
  return query === undefined || AS_WRITTEN.test(query) ? name : file!;
}

/** Queries by which Vite gives something else than the module in a file; others are times, or say who loads it. */
const AS_WRITTEN = /(^|&)(raw|url|inline|no-inline|worker|sharedworker)(&|=|$)/;

export { dormouse as default };
export type { PluginOptions };
