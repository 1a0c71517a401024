// @timeout 400
/** The package as users get it: packed, unpacked in an empty folder, with nothing at hand but what it declares. */
import { execFile } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import * as assert from "uvu/assert";
import { coveredFunctions } from "../support/coverage.js";
import { POOLED, WAITS_AT_TOP, ROLLUP, TRIES } from "../support/package-programs.js";
import { suite } from "../support/suite.js";

const test = suite("package");
const execute = promisify(execFile);

/** What `npm pack` needs of the repository: a copy is packed, so that ./dist is left alone. */
const SOURCES = [
  ...["core", "hal", "targets", "compiler"],
  "scripts/worker-source.mjs",
  ...["package.json", "rollup.config.js", "tsconfig.base.json", "tsconfig.build.json"],
];

const NODE_MODULES = join(DORMOUSE_ROOT, "node_modules");
const TSC = join(NODE_MODULES, "typescript/bin/tsc");

interface SourceMap {
  readonly sources: readonly string[];
  readonly sourcesContent: readonly string[];
}

interface Manifest {
  readonly version: string;
  readonly exports: Readonly<Record<string, Readonly<Record<"types" | "default", string>>>>;
  readonly dependencies: Readonly<Record<string, string>>;
}

/** The folder of a user, and the package that is installed there. */
const user = mkdtempSync(join(tmpdir(), "dormouse-package-"));
const installed = join(user, "node_modules/dormouse");
const manifest = JSON.parse(readFileSync(join(DORMOUSE_ROOT, "package.json"), "utf8")) as Manifest;

test.before(async () => {
  const tarball = await pack(join(user, "source"));
  mkdirSync(installed, { recursive: true });
  await execute("tar", ["-xzf", tarball, "--strip-components=1", "-C", installed]);
  for (const name of [...Object.keys(manifest.dependencies), "esbuild", "rollup"])
    link(name, join(user, "node_modules"));
});

test.after(() => {
  rmSync(user, { recursive: true, force: true });
});

/** Packs a copy of the package in `folder`, which builds it too. */
async function pack(folder: string): Promise<string> {
  for (const name of SOURCES) cpSync(join(DORMOUSE_ROOT, name), join(folder, name), { recursive: true });
  symlinkSync(NODE_MODULES, join(folder, "node_modules"));
  await execute("npm", ["pack"], { cwd: folder });
  return join(folder, `dormouse-${manifest.version}.tgz`);
}

/** Puts the package `name` of this repository into another `node_modules`. */
function link(name: string, modules: string): void {
  mkdirSync(dirname(join(modules, name)), { recursive: true });
  symlinkSync(join(NODE_MODULES, name), join(modules, name));
}

/** Writes a file of the user. */
function write(name: string, text: string): void {
  writeFileSync(join(user, name), text);
}

/** What `node FILE` or the like prints in the user's folder. What fails is thrown with all its output. */
async function output(...args: string[]): Promise<string> {
  try {
    return (await execute(process.execPath, args, { cwd: user })).stdout;
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    throw new Error(stdout + stderr);
  }
}

test("has types and code for each export, and a source map with its source for each module", () => {
  for (const { types, default: code } of Object.values(manifest.exports)) {
    assert.ok(existsSync(join(installed, types)), types);
    assert.ok(existsSync(join(installed, code)), code);
  }
  const files = readdirSync(join(installed, "dist"), { recursive: true, encoding: "utf8" });
  for (const file of files.filter((each) => each.endsWith(".js"))) {
    assert.ok(files.includes(file.replace(/js$/, "d.ts")), `${file} has types`);
    const map = JSON.parse(readFileSync(join(installed, "dist", `${file}.map`), "utf8")) as SourceMap;
    assert.is(map.sourcesContent.filter((text) => text !== "").length, map.sources.length, file);
  }
});

test("has nothing that users have no use for", () => {
  const files = readdirSync(installed, { recursive: true, encoding: "utf8" });
  const odd = files.filter((file) => /tsconfig|\.test\.|tsbuildinfo/.test(file));
  assert.equal(odd, []);
});

test("can be imported in Node, every export of it", async () => {
  const names = Object.keys(manifest.exports).map((name) => `dormouse${name.slice(1)}`);
  write(
    "import.mjs",
    names.map((name) => `console.log(Object.keys(await import("${name}")).length > 0);`).join("\n"),
  );

  const hasNames = (name: string): boolean => !["dormouse/register", "dormouse/node/worker"].includes(name);
  assert.is(await output("import.mjs"), names.map((name) => `${String(hasNames(name))}\n`).join(""));
});

test("runs jobs on worker threads", async () => {
  const job = `const pool = threads({ workers: 1 });
    console.log(await pool.run((a, b) => a + b, [1, 2]));
    await pool.close();`;
  write("jobs.mjs", `import { threads } from "dormouse/node";\n${job}`);

  assert.is(await output("jobs.mjs"), "3\n");
});

test("runs jobs and shared tasks from a bundle of one file, wherever that is", async () => {
  write("pooled.ts", POOLED);
  write(
    "pooled-build.mjs",
    `import { build } from "esbuild";
    import { rollup } from "rollup";
    import es from "dormouse/esbuild";
    import ro from "dormouse/rollup";
    const entryPoints = ["pooled.ts"];
    for (const [format, end] of [["esm", "mjs"], ["cjs", "cjs"]]) {
      const outfile = "moved/" + format + "." + end;
      await build({ entryPoints, outfile, format, bundle: true, platform: "node", minify: true,
        logOverride: { "empty-import-meta": "silent" }, plugins: [es({ backend: "shared" })] });
    }
    const rolled = await rollup({ input: "pooled.ts", plugins: [ro({ backend: "shared" })] });
    await rolled.write({ file: "moved/rollup.mjs", format: "esm" });`,
  );
  await output("pooled-build.mjs");
  const moved = mkdtempSync(join(tmpdir(), "dormouse-moved-"));
  cpSync(join(user, "moved"), moved, { recursive: true });
  for (const file of ["esm.mjs", "cjs.cjs", "rollup.mjs"]) {
    const { stdout } = await execute(process.execPath, [join(moved, file)], { cwd: tmpdir() });
    assert.is(stdout, "42 3\n", file);
  }
  rmSync(moved, { recursive: true });
});

test("runs shared tasks with --import dormouse/register", async () => {
  write("pooled.ts", POOLED);

  assert.is(await output("--import", "dormouse/register", "pooled.ts"), "42 3\n");
});

test("runs shared tasks that their own module waits for at its top", async () => {
  write("waits-at-top.ts", WAITS_AT_TOP);

  assert.is(await output("--import", "dormouse/register", "waits-at-top.ts"), "true\n");
});

const PROGRAM = `
import { ms, sleep, spawn, task } from "dormouse";
import type { Board, OutputPin } from "dormouse/hal";

const blink = task(async function blink(led: OutputPin) {
  for (let i = 0; i < 3; i++) {
    led.toggle();
    await sleep(ms(100));
  }
});

export default function main(board: Board): void {
  spawn(blink, board.output("LED1"));
}
`;

/** What a user writes around it: in types alone, and to build it in each way. */
const USES = `
import { dormouse, uncompiled, type Diagnostic } from "dormouse/compiler";
import { pixl } from "dormouse/espruino";
import { esp32 } from "dormouse/moddable";
import rollup from "dormouse/rollup";
import vite from "dormouse/vite";
import { Channel, Mutex, task } from "dormouse";
import { SharedChannel, run, type Running } from "dormouse/node";
import { Sim, type Fault } from "dormouse/sim";
import main from "./main.js";

export const running: Running = run(main);
export const faults: readonly Fault[] = new Sim().start(main).faults;
export const plugins = [dormouse({ entry: "/main.ts", backend: "arena" }), uncompiled()];
export const others = [rollup({ entry: "/main.ts" }), vite()];
export const lights: number[] = [pixl.pins.LED1.line.length, esp32.pins.LED1.line];
export const none: Diagnostic[] = [];
const mutex = new Mutex();
export const loops = task(async function loops(items: Channel<number>, texts: SharedChannel<string>) {
  using guard = await mutex.lock();
  for await (const item of items) item.toFixed();
  for await (const text of texts) text.toUpperCase();
});
// @ts-expect-error a pin that the board does not have
new Sim().start((board) => board.output("LED9"));
`;
const BUILD = `
import { build } from "esbuild";
import { dormouse, uncompiled } from "dormouse/compiler";

const folder = import.meta.dirname;
const contents = \`
  import { Sim } from "dormouse/sim";
  import main from "./main.ts";
  console.log(new Sim().start(main).advance(1000).trace.pins.map(({ at, level }) => at + ":" + level).join(" "));
\`;
const plugins = [dormouse({ entry: folder + "/main.ts", backend: "arena" }), uncompiled()];
for (const plugin of plugins) {
  const stdin = { contents, resolveDir: folder };
  const outfile = folder + "/" + plugin.name + ".mjs";
  await build({ stdin, outfile, bundle: true, format: "esm", logLevel: "silent", plugins: [plugin] });
}
`;

for (const [module, moduleResolution] of [
  ["nodenext", "nodenext"],
  ["esnext", "bundler"],
]) {
  test(`has types that hold under strict with library checks, resolved as in ${moduleResolution}`, async () => {
    write("package.json", `{ "type": "module" }`);
    write("main.ts", PROGRAM);
    write("uses.ts", USES);
    const checks = { strict: true, skipLibCheck: false, noEmit: true, types: [] };
    const compilerOptions = {
      ...checks,
      target: "es2022",
      lib: ["es2022", "esnext.disposable"],
      module,
      moduleResolution,
    };
    write("tsconfig.json", JSON.stringify({ compilerOptions, files: ["uses.ts"] }));

    assert.is(await output(TSC, "-p", "."), "");
  });
}

test("compiles programs with the sources that it brings, and runs them uncompiled", async () => {
  write("main.ts", PROGRAM);
  write("build.mjs", BUILD);
  await output("build.mjs");

  assert.is(await output("dormouse.mjs"), "0:1 100:0 200:1\n");
  assert.is(await output("dormouse-uncompiled.mjs"), "0:1 100:0 200:1\n");
});

/** A driver for the program: what `dormouse/sim` saw of it. */
const DRIVER = `
import { ms } from "dormouse";
import { Sim } from "dormouse/sim";
import main from "./main.js";

const { trace } = new Sim().start(main).advance(ms(1000));
console.log(trace.pins.map(({ at, level }) => at + ":" + level).join(" "));
`;

const SEEN = "0:1 100:0 200:1\n";

test("runs TypeScript on Node with --import dormouse/register, tests of programs too", async () => {
  write("main.ts", PROGRAM);
  write("driver.ts", DRIVER);

  assert.is(await output("--import", "dormouse/register", "driver.ts"), SEEN);
});

test("lets coverage see the author's functions alone, at their lines, when it is registered", async () => {
  write("main.ts", PROGRAM);
  write("driver.ts", DRIVER);

  const folder = join(user, "coverage");
  const environment = { ...process.env, NODE_V8_COVERAGE: folder };
  await execute(process.execPath, ["--import", "dormouse/register", "driver.ts"], {
    cwd: user,
    env: environment,
  });
  const seen = readdirSync(folder).flatMap((file) => coveredFunctions(join(folder, file), "/main.ts"));

  assert.equal(seen.sort(), ["5 blink$poll", "12 main"].sort());
});

test("ends with the diagnostic alone when a registered program is refused", async () => {
  write("refused.ts", PROGRAM.replace("await sleep", "sleep"));
  const words =
    "C201 refused.ts:8:5 this sleep() is never awaited, so it never ends. Write await sleep(...)\n";

  const error = await output("--import", "dormouse/register", "refused.ts").catch((each: unknown) => each);

  assert.is((error as Error).message, words);
});

test("compiles the async functions that it brings with each program, in every way", async () => {
  write("main.ts", TRIES);
  write("driver.ts", DRIVER);
  write("build.mjs", BUILD);
  write("rollup.mjs", ROLLUP);
  await output("build.mjs");

  assert.is(await output("dormouse.mjs"), SEEN);
  assert.is(await output("dormouse-uncompiled.mjs"), SEEN);
  assert.is(await output("--import", "dormouse/register", "driver.ts"), SEEN);
  assert.is(await output("rollup.mjs", "driver.ts", "rollup-out.mjs"), "");
  assert.is(await output("rollup-out.mjs"), SEEN);
});

test("compiles for Rollup, and refuses with file, line, column and frame", async () => {
  write("main.ts", PROGRAM);
  write("driver.ts", DRIVER);
  write("refused.ts", PROGRAM.replace("await sleep", "sleep"));
  write("rollup.mjs", ROLLUP);

  assert.is(await output("rollup.mjs", "driver.ts", "rollup-out.mjs"), "");
  assert.is(await output("rollup-out.mjs"), SEEN);

  const error = JSON.parse(await output("rollup.mjs", "refused.ts", "none.mjs")) as Record<string, unknown>;
  assert.is(error["pluginCode"], "C201");
  assert.equal(error["loc"], { file: join(user, "refused.ts"), line: 8, column: 4 });
  assert.is(error["frame"], "8:     sleep(ms(100));\n       ^");
  assert.is(error["stack"], "");
});

const VITE = `
import dormouse from "dormouse/vite";
import { readFileSync, writeFileSync } from "node:fs";

const file = process.cwd() + "/main.ts";
const plugin = dormouse();
const context = { warn: console.log, error: ({ message, loc }) => { throw new Error(loc.line + " " + message); } };
const load = (query = "") => {
  try {
    return /frame_:/.test(plugin.load.call(context, file + query).code);
  } catch (error) {
    return error.message;
  }
};
plugin.configResolved({ command: "serve" });
plugin.buildStart.call(context);
console.log(load(), load("?worker_file&type=module"), load("?t=1"));
for (const name of ["\\0vite/preload.js", file + "?raw", file + "?worker"])
  console.log(plugin.load.call(context, name));
const text = readFileSync(file, "utf8");
for (const each of [text.replace("await ", ""), text]) {
  writeFileSync(file, each);
  plugin.watchChange();
  console.log(load());
}
`;

test("compiles for Vite when a module is asked for, and again when it changed", async () => {
  write("main.ts", PROGRAM);
  write("vite.mjs", VITE);

  const [first, ...others] = (await output("vite.mjs")).split("\n");
  const [refused, again] = others.slice(3);
  assert.equal([first, ...others.slice(0, 3)], ["true true true", "undefined", "undefined", "undefined"]);
  assert.match(refused!, /^8 C201 this sleep\(\) is never awaited/);
  assert.is(again, "true");
});
