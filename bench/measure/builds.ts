/** The bench's programs, built as a user gets them: minified, each for its engine. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { build, type BuildOptions, type Plugin } from "esbuild";
import { bundle } from "../../cli/build/bundle.js";
import { buildEspruino, buildModdable } from "../../cli/build/device.js";
import { pixl } from "../../targets/espruino/index.js";
import { esp32 } from "../../targets/moddable/index.js";
import { toEs5 } from "./es5.js";

/** The path of a program in bench/programs. */
export function programPath(name: string): string {
  return join(DORMOUSE_ROOT, "bench/programs", `${name}.ts`);
}

/** A program for Espruino: a script that runs when it is loaded. */
export async function espruinoScript(name: string): Promise<string> {
  return (await buildEspruino({ entry: programPath(name), board: pixl, minify: true })).code;
}

/** A peer for Espruino: the same, without our runtime. */
export async function espruinoPeer(name: string): Promise<string> {
  const text = `import main from ${JSON.stringify(programPath(name))}; main();`;
  const modern = await bundled(text, { format: "esm", minify: false });
  // Our own lowering would bring a Promise of ours.
  return bundled(toEs5(modern), { target: "es5" });
}

/**
 * A program for XS: defines `globalThis.program`, a function that starts it, and `drain`, the device's timer.
 * It is the bundle for Moddable, whose modules are drivers/moddable.ts.
 */
export async function xsScript(name: string): Promise<string> {
  const { code } = await buildModdable({ entry: programPath(name), board: esp32, minify: true });
  const device = join(DORMOUSE_ROOT, "bench/drivers/moddable.ts");
  const text = `import main from "bench:program";
    import { drain } from ${JSON.stringify(device)};
    globalThis.program = main;
    globalThis.drain = drain;`;
  return bundled(text, { plugins: [served("bench:program", code), moddableModules(device)] });
}

/** A peer for XS: defines `globalThis.peer`. */
export function xsPeer(name: string): Promise<string> {
  return bundled(`import main from ${JSON.stringify(programPath(name))}; globalThis.peer = main;`, {});
}

/** A program for Node, in a module that exports what `wrapper` does; the path of the file. */
export async function nodeModule(
  name: string,
  wrapper: string,
  backend: "arena" | "shared" = "arena",
): Promise<string> {
  const { code } = await bundle({
    entry: programPath(name),
    backend,
    minify: true,
    plugin: { evenPinned: true },
    wrapper: () => `import main from ${JSON.stringify(programPath(name))};\n${wrapper}`,
    esbuild: { format: "esm", target: "node20", platform: "node" },
  });
  return written(`${name}.${backend}.mjs`, code);
}

/** A peer for Node, the default export of a module; the path of the file. */
export async function nodePeer(name: string): Promise<string> {
  const text = `export { default } from ${JSON.stringify(programPath(name))};`;
  return written(`${name}.mjs`, await bundled(text, { format: "esm", target: "node20", platform: "node" }));
}

/** What runs in a process of its own, from bench/drivers; the path of the file. */
export async function nodeDriver(name: string): Promise<string> {
  const text = `import ${JSON.stringify(join(DORMOUSE_ROOT, "bench/drivers", `${name}.ts`))};`;
  return written(`${name}.mjs`, await bundled(text, { format: "esm", target: "node20", platform: "node" }));
}

async function bundled(contents: string, options: BuildOptions): Promise<string> {
  const result = await build({
    stdin: { contents, resolveDir: DORMOUSE_ROOT, loader: "ts" },
    bundle: true,
    write: false,
    minify: true,
    format: "iife",
    target: "es2022",
    logLevel: "silent",
    ...options,
  });
  return result.outputFiles?.[0]?.text ?? "";
}

function served(name: string, contents: string): Plugin {
  return {
    name,
    setup(build) {
      const filter = new RegExp(`^${name}$`);
      build.onResolve({ filter }, (args) => ({ path: args.path, namespace: name }));
      build.onLoad({ filter: /.*/, namespace: name }, () => ({ contents, resolveDir: DORMOUSE_ROOT }));
    },
  };
}

function moddableModules(device: string): Plugin {
  return {
    name: "moddable-modules",
    setup(build) {
      build.onResolve({ filter: /^(timer|time)$/ }, (args) => ({ path: args.path, namespace: "moddable" }));
      build.onLoad({ filter: /.*/, namespace: "moddable" }, (args) => ({
        contents: `export { ${args.path} as default } from ${JSON.stringify(device)};`,
        resolveDir: DORMOUSE_ROOT,
      }));
    },
  };
}

function written(name: string, code: string): string {
  const path = join(DORMOUSE_ROOT, ".build/bench", name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, code);
  return path;
}
