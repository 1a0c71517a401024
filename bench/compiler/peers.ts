/** The peers: what Babel, TypeScript and swc make of a program of ours, each with its own helpers. */
import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { build, type Plugin } from "esbuild";
import ts from "typescript";
import { withGenerators } from "./generators.js";

export const PEERS = ["babel", "typescript", "swc"] as const;
export type Peer = (typeof PEERS)[number];
/** What a program is built for: `moddable` is XS. */
export type Target = "espruino" | "moddable";

const FOLDER = join(DORMOUSE_ROOT, "bench/peers");
const require = createRequire(join(FOLDER, "package.json"));

type Lower = (code: string) => Promise<string>;

/** Installs the peers when they are not there yet; why they cannot be had. */
export async function installPeers(say: (doing: string) => void): Promise<string | undefined> {
  if (existsSync(join(FOLDER, "node_modules/@swc/core"))) return undefined;
  say("installs Babel and swc into bench/peers, once");
  try {
    await promisify(execFile)("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], { cwd: FOLDER });
    return undefined;
  } catch {
    return "Babel and swc are not installed: npm ci --ignore-scripts in bench/peers, with network";
  }
}

/** The program in `entry` as `peer` builds it, with the runtime of the peers; minified, an ES module of ES5. */
export async function peerModule(entry: string, target: Target, peer: Peer): Promise<string> {
  const modern = await bundled(entry, target);
  const lowered = await LOWERINGS[peer](modern);
  return minified(lowered);
}

/** All of it in one text, so that each helper is there once. */
async function bundled(entry: string, target: Target): Promise<string> {
  const start = target === "espruino" ? "main({ output });" : "export default () => main({ output });";
  const result = await build({
    stdin: {
      contents: `import main from ${JSON.stringify(entry)};
        import { output } from ${JSON.stringify(join(FOLDER, `${target}.ts`))};
        ${start}`,
      resolveDir: DORMOUSE_ROOT,
    },
    bundle: true,
    write: false,
    format: "esm",
    target: "es2022",
    minifySyntax: true,
    // The names of properties that end in one underscore are the runtime's own.
    mangleProps: /[^_]_$/,
    external: ["timer", "embedded:io/digital"],
    logLevel: "silent",
    plugins: [peerSources(entry, target)],
  });
  return result.outputFiles[0]?.text ?? "";
}

function peerSources(entry: string, target: Target): Plugin {
  return {
    name: "peer-sources",
    setup(builder) {
      builder.onResolve({ filter: /^dormouse$/ }, () => ({ path: join(FOLDER, "runtime.ts") }));
      builder.onResolve({ filter: /\/platform\.js$/ }, () => ({ path: join(FOLDER, `${target}.ts`) }));
      builder.onLoad({ filter: /\.ts$/ }, ({ path }) =>
        path === entry ? { contents: withGenerators(readFileSync(path, "utf8")), loader: "ts" } : undefined,
      );
    },
  };
}

/** What makes the output of each as small as its documentation promises. */
const ASSUMPTIONS = {
  iterableIsArray: true,
  ignoreFunctionLength: true,
  ignoreToPrimitiveHint: true,
  mutableTemplateObject: true,
  noClassCalls: true,
  noDocumentAll: true,
  objectRestNoSymbols: true,
  pureGetters: true,
  setClassMethods: true,
  setComputedProperties: true,
  setPublicClassFields: true,
  setSpreadProperties: true,
  skipForOfIteratorClosing: true,
  superIsCallableConstructor: true,
};

type Transform = (code: string, options: object) => Promise<{ readonly code: string }>;

async function load<T>(name: string): Promise<T> {
  return (await import(pathToFileURL(require.resolve(name)).href)) as T;
}

const LOWERINGS: Readonly<Record<Peer, Lower>> = {
  async babel(code) {
    const { transformAsync } = await load<{ readonly transformAsync: Transform }>("@babel/core");
    const preset = [require.resolve("@babel/preset-env"), { targets: "ie 9", modules: false }];
    const options = { configFile: false, babelrc: false, assumptions: ASSUMPTIONS, presets: [preset] };
    return (await transformAsync(code, { ...options, compact: false })).code;
  },

  typescript: (code) => {
    const compilerOptions: ts.CompilerOptions = {
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- its generators are what is compared
      target: ts.ScriptTarget.ES5,
      module: ts.ModuleKind.ESNext,
      ignoreDeprecations: "6.0",
    };
    return Promise.resolve(ts.transpileModule(code, { compilerOptions }).outputText);
  },

  async swc(code) {
    const { transform } = await load<{ readonly transform: Transform }>("@swc/core");
    const jsc = {
      parser: { syntax: "ecmascript" },
      target: "es5",
      loose: true,
      assumptions: ASSUMPTIONS,
      externalHelpers: false,
    };
    return (await transform(code, { jsc, swcrc: false, configFile: false, module: { type: "es6" } })).code;
  },
};

async function minified(code: string): Promise<string> {
  const result = await build({
    stdin: { contents: code, resolveDir: FOLDER },
    bundle: true,
    write: false,
    minify: true,
    format: "esm",
    target: "es5",
    supported: { "import-meta": true },
    external: ["timer", "embedded:io/digital"],
    logLevel: "silent",
  });
  return result.outputFiles[0]?.text.trimEnd() ?? "";
}
