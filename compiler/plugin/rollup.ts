/** The Rollup plugin. Without `entry` it compiles the inputs, whatever they are. */
import { isAbsolute, resolve } from "node:path";
import type { Plugin } from "rollup";
import { toJavaScript } from "./javascript.js";
import { report } from "./logs.js";
import { Session, type PluginOptions } from "./session.js";

/** Makes the plugin. The first diagnostic is the error of the build; the others stand in its message. */
export function dormouse(options: PluginOptions = {}): Plugin {
  const session = new Session(options);
  return {
    name: "dormouse",
    buildStart({ input }) {
      session.add(Object.values(input).map((each) => resolve(each)));
      session.compile();
      for (const file of session.files) this.addWatchFile(file);
      report(this, session);
    },
    resolveId(source, importer) {
      if (source.startsWith("node:")) return { id: source, external: true };
      if (/^dormouse(\/|$)/.test(source)) return session.packaged(source);
      if (importer === undefined || !isAbsolute(importer)) return undefined;
      const isRelative = /^\.\.?\//.test(source);
      if (!isRelative) return session.named(source, importer);
      return importer.endsWith("ts") ? session.relative(source, importer) : undefined;
    },
    load(id) {
      const module = session.loadAll(id);
      if (module === undefined) return undefined;
      const { code, map } = toJavaScript(module, id);
      return { code, map: JSON.stringify(map) };
    },
  };
}

export { dormouse as default };
export type { PluginOptions };
