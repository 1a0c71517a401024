/** Imports that lead where the author's tsconfig.json says, or into a package beside. */
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import * as assert from "uvu/assert";
import { formatDiagnostic } from "../../../compiler/index.js";
import { Session } from "../../../compiler/plugin/session.js";
import { suite } from "../../support/suite.js";

const test = suite("compiler/mapped-imports");

const WAIT = `import { ms, sleep } from "dormouse";
export async function wait(n: number): Promise<number> {
  await sleep(ms(n));
  return n;
}
`;

const MAIN = `import { task } from "dormouse";
import { wait } from "NAME";
export const waits = task(async function waits() {
  return (await wait(1)) + 1;
});
`;

/** A project in a folder with a space, whose main module imports `name`. */
function project(folder: string, compilerOptions: object, name: string): { session: Session; main: string } {
  const root = join(DORMOUSE_ROOT, ".build/mapped imports", folder);
  const files = {
    "base.json": JSON.stringify({ compilerOptions }),
    "tsconfig.json": `{ /* as usual */ "extends": "./base.json" }`,
    "src/main.ts": MAIN.replace("NAME", name),
    "src/lib/wait.ts": WAIT,
  };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const main = join(root, "src/main.ts");
  const session = new Session({ root: DORMOUSE_ROOT });
  session.add([main]);
  return { session, main };
}

const CASES = [
  ["paths", { paths: { "@lib/*": ["./src/lib/*"] } }, "@lib/wait"],
  ["one path", { paths: { wait: ["./src/lib/wait.ts"] } }, "wait"],
  ["base", { baseUrl: "./src" }, "lib/wait"],
  ["both", { baseUrl: "./src", paths: { "@lib/*": ["lib/*"] } }, "@lib/wait"],
] as const;

for (const [folder, options, name] of CASES) {
  test(`${name} is found by ${folder}, by the compiler and by plugins`, () => {
    const { session, main } = project(folder, options, name);

    const messages = session.compiled.diagnostics.map((each) => formatDiagnostic(each, dirname(main)));
    assert.equal(messages, []);
    assert.is(session.named(name, main), join(dirname(main), "lib/wait.ts"));
    assert.ok(session.load(join(dirname(main), "lib/wait.ts"))!.code.includes("wait$poll"));
  });
}

test("a package of a workspace is compiled with the program that imports it", () => {
  const { session, main } = project("workspace", {}, "waiting");
  const beside = join(dirname(main), "lib");
  writeFileSync(join(beside, "package.json"), `{ "name": "waiting", "exports": "./wait.ts" }`);
  const modules = join(dirname(main), "node_modules");
  rmSync(modules, { recursive: true, force: true });
  mkdirSync(modules);
  symlinkSync(beside, join(modules, "waiting"));

  assert.equal(session.compiled.diagnostics, []);
  assert.is(session.named("waiting", main), join(beside, "wait.ts"));
});

test("what the settings do not name is left to the bundler", () => {
  const { session, main } = project("others", { paths: { "@lib/*": ["./src/lib/*"] } }, "@lib/wait");

  for (const name of ["typescript", "node:fs", "dormouse", "./lib/wait", "@lib/none"])
    assert.is(session.named(name, main), undefined, name);
});
