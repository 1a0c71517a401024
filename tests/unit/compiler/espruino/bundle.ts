/** Bundles test programs: lowered and minified as for a device, or as written, for comparison. */
import { build, type Loader, type Plugin } from "esbuild";
import { helpersPlugin } from "../../../../compiler/espruino/helpers.js";
import { promisesPlugin } from "../../../../compiler/espruino/promises.js";
import { lowerModule } from "../../../../compiler/espruino/lower.js";

/** Modules by name; "main" is where the program starts, `./name` imports another. */
export type Modules = Readonly<Record<string, string>>;

/** A script and its map. */
export interface Bundle {
  readonly code: string;
  readonly map: object;
}

/** Lowers each module, bundles and minifies. */
export function bundleForEspruino(modules: Modules): Promise<Bundle> {
  return bundle(modules, "es5", (name, text) => {
    const { code, map } = lowerModule(text, `${name}.ts`);
    const inline = Buffer.from(JSON.stringify(map)).toString("base64");
    return { contents: `${code}\n//# sourceMappingURL=data:application/json;base64,${inline}`, loader: "js" };
  });
}

/** Bundles the modules as they are. */
export function bundleForNode(modules: Modules): Promise<Bundle> {
  return bundle(modules, "es2022", (_name, contents) => ({ contents, loader: "ts" }));
}

type Load = (name: string, text: string) => { contents: string; loader: Loader };

async function bundle(modules: Modules, target: string, load: Load): Promise<Bundle> {
  const result = await build({
    entryPoints: ["virtual:main"],
    bundle: true,
    write: false,
    format: "iife",
    minify: target === "es5",
    target,
    sourcemap: "external",
    outfile: "out.js",
    plugins: [
      modulesPlugin(modules, load),
      helpersPlugin({ lower: lowerModule, root: DORMOUSE_ROOT }),
      promisesPlugin(DORMOUSE_ROOT),
    ],
    logLevel: "silent",
  });
  const text = (end: string): string => result.outputFiles.find((f) => f.path.endsWith(end))?.text ?? "";
  return { code: text(".js"), map: JSON.parse(text(".js.map")) as object };
}

function modulesPlugin(modules: Modules, load: Load): Plugin {
  const prefix = /^(virtual:|\.\/)/;
  return {
    name: "modules",
    setup(builder) {
      builder.onResolve({ filter: prefix }, ({ path, kind, namespace }) =>
        kind === "entry-point" || namespace === "modules"
          ? { path: path.replace(prefix, ""), namespace: "modules" }
          : undefined,
      );
      builder.onLoad({ filter: /.*/, namespace: "modules" }, ({ path }) => load(path, modules[path] ?? ""));
    },
  };
}
