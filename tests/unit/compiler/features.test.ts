/** What a program needs of an executor, by which device builds leave out the rest. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as assert from "uvu/assert";
import { compile, packagePaths } from "../../../compiler/index.js";
import type { Features } from "../../../compiler/features.js";
import { suite } from "../../support/suite.js";

const test = suite("compiler/features");

const FOLDER = join(DORMOUSE_ROOT, ".build/features");

let count = 0;

/** What the program with `body` in its task, and `main` in its main, needs. */
function featuresOf(body: string, main = "spawn(work, new Channel<number>(2));"): Features {
  mkdirSync(FOLDER, { recursive: true });
  const entry = join(FOLDER, `${count++}.ts`);
  const text = `import { Channel, ms, sleep, spawn, task, timeout } from "dormouse";
    declare function use(value: unknown): void;
    const work = task(async function work(channel: Channel<number>) { ${body} });
    export default function main(): void { ${main} }`;
  writeFileSync(entry, text);
  const compiled = compile({ entry, backend: "board", packages: packagePaths(DORMOUSE_ROOT) });
  assert.equal(compiled.diagnostics, []);
  return compiled.features;
}

test("a task that sleeps asks nobody who runs", () => {
  const features = featuresOf("for (;;) await sleep(ms(5));");

  assert.equal(
    [features.alone, features.many, features.drops, features.anyDelay],
    [true, false, false, false],
  );
  assert.equal([features.full, features.ids, features.sizes], [false, false, false]);
});

test("a delay that is computed may be any", () => {
  assert.ok(featuresOf("for (let i = 1; ; i++) await sleep(ms(i));").anyDelay);
  assert.ok(featuresOf("await sleep(ms(0.5));").anyDelay);
});

test("a future that is not awaited in place may be given up", () => {
  assert.not.ok(featuresOf("use(await channel.receive());").drops);
  assert.ok(featuresOf("const item = channel.receive(); use(await item);").drops);
  assert.ok(featuresOf("await timeout(channel.receive(), ms(5));").drops);
});

test("spawn may find no slot where it is called from a function, but not from main alone", () => {
  const start = "spawn(work, new Channel<number>(2));";
  assert.not.ok(featuresOf("", start).full);
  assert.ok(featuresOf("", `const begin = (): void => { ${start} }; begin();`).full);
});

test("a capacity that is no number of the source is checked", () => {
  assert.ok(featuresOf("", "spawn(work, new Channel<number>(Math.floor(2.5)));").sizes);
  assert.ok(featuresOf("", "spawn(work, new Channel<number>(0));").sizes);
});

test("what is thrown is looked at before it is printed, unless it is an error of the engine", () => {
  const isTextless = (body: string): boolean => featuresOf(`await sleep(ms(1)); ${body}`).textless;
  for (const text of ["new RangeError('far')", "Error('far')", "'far'", "`far ${1}`", "4"])
    assert.not.ok(isTextless(`throw ${text};`), text);
  assert.not.ok(isTextless("try { use(1); } catch (error) { throw error; }"));
  assert.not.ok(isTextless("class Far extends Error { code = 1; } throw new Far();"));
  for (const text of ["channel", "{}", "use(1)", "null", "Symbol()", "[1]"])
    assert.ok(isTextless(`throw ${text};`), text);
  assert.ok(isTextless("class Far extends Error { toString() { return 1 as never; } } throw new Far();"));
  assert.ok(isTextless("class Far { code = 1; } throw new Far();"));
  assert.ok(isTextless("use(Promise.reject(1));"));
});
