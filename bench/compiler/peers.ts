/** The peers: what Babel, TypeScript and swc make of a program of ours, each with its own helpers. */
import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { build, type Plugin } from "esbuild";
import ts from "typescript";
import { helpersPlugin } from "../../compiler/espruino/helpers.js";
import { lowerModule } from "../../compiler/espruino/lower.js";
import { toEs5 } from "../measure/es5.js";
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

/** The program in `entry` as `peer` builds it, with the runtime of the peers: minified, ES5; a module for Moddable. */
export async function peerText(entry: string, target: Target, peer: Peer): Promise<string> {
  const modern = await bundled(entry, target);
  const lowered = await LOWERINGS[peer](modern);
  return minified(withSmallHelpers(lowered), target === "espruino" ? "iife" : "esm");
}

/** Helpers of theirs, and what stands in their place. */
const HELPERS: Readonly<Record<string, string>> = {
  __generator: "generator",
  _ts_generator: "generator",
  _regenerator: "regenerator",
  __spreadArray: "spread",
};

/**
 * `text` with our smallest forms of helpers. Theirs are generators with all that belongs to one, and want what Espruino
 * has not.
 */
function withSmallHelpers(text: string): string {
  const file = ts.createSourceFile("peer.js", text, ts.ScriptTarget.Latest, true);
  let out = text;
  let imports = "";
  for (const statement of [...file.statements].reverse()) {
    const declared = ts.isVariableStatement(statement)
      ? statement.declarationList.declarations[0]
      : statement;
    const name = declared !== undefined && "name" in declared ? (declared.name as ts.Node).getText() : "";
    const helper = HELPERS[name];
    if (helper === undefined) continue;
    out = out.slice(0, statement.getStart()) + out.slice(statement.end);
    imports += `import { ${helper} as ${name} } from ${JSON.stringify(join(FOLDER, "routine.ts"))};\n`;
  }
  if (!imports.includes("generator")) throw new Error("a peer has another helper for generators");
  return imports + out;
}

/**
 * `text` of a peer as Espruino runs it right: functions stand before their use, and no list has a hole. Peers know
 * nothing of that engine, so their sizes are counted without.
 */
export async function forEspruino(text: string): Promise<string> {
  const file = ts.createSourceFile("peer.js", text, ts.ScriptTarget.Latest, true);
  const holes: number[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isOmittedExpression(node)) holes.push(node.pos);
    ts.forEachChild(node, visit);
  };
  visit(file);
  const filled = holes.reduceRight((out, at) => `${out.slice(0, at)}void 0${out.slice(at)}`, text);
  return minified(lowerModule(filled, "peer.js").code, "iife");
}

/** All of it in one text, so that each helper is there once. */
async function bundled(entry: string, target: Target): Promise<string> {
  const takesBoard = /\bmain\(\w+: Board\)/.test(readFileSync(entry, "utf8"));
  const call = takesBoard ? "main({ output })" : "main()";
  const result = await build({
    stdin: {
      contents: `import main from ${JSON.stringify(entry)};
        import { output } from ${JSON.stringify(join(FOLDER, `${target}.ts`))};
        ${target === "espruino" ? `${call};` : `export default () => ${call};`}`,
      resolveDir: DORMOUSE_ROOT,
    },
    bundle: true,
    write: false,
    format: "esm",
    target: "es2022",
    minifySyntax: true,
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
    // The helper of another module would be taken where there is one; here is none.
    return Promise.resolve(toEs5(code).replaceAll(/\(this && this\.\w+\) \|\| /g, ""));
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

/** The bundler does not lower to ES5. */
const routinePlugin: Plugin = {
  name: "routine",
  setup(builder) {
    builder.onLoad({ filter: /\/routine\.ts$/ }, ({ path }) => ({
      contents: toEs5(readFileSync(path, "utf8")),
    }));
  },
};

async function minified(code: string, format: "iife" | "esm"): Promise<string> {
  const result = await build({
    stdin: { contents: code, resolveDir: FOLDER },
    bundle: true,
    write: false,
    minify: true,
    format,
    target: "es5",
    legalComments: "none",
    external: ["timer", "embedded:io/digital"],
    logLevel: "silent",
    mangleProps: /[^_]_$/,
    // The names of properties that end in one underscore are the runtime's own.
    plugins: [routinePlugin, helpersPlugin({ lower: lowerModule, root: DORMOUSE_ROOT })],
  });
  return result.outputFiles[0]?.text.trimEnd() ?? "";
}
