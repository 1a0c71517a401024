/**
 * What plain async functions and generators become. `golden/NAME.js` is lowered to `golden/NAME.lowered.js`
 * (`npm test -- --update compiler/promises` rewrites those).
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { originalPositionFor, TraceMap } from "@jridgewell/trace-mapping";
import * as assert from "uvu/assert";
import { lowerPlain, type Lowered } from "../../../../compiler/promises/lower.js";
import { suite } from "../../../support/suite.js";

const test = suite("compiler/promises/lower");
const folder = join(DORMOUSE_ROOT, "tests/unit/compiler/promises/golden");
const MODERN = { ownPromises: true, iterators: true };

const lowered = (code: string, engine = MODERN): Lowered => lowerPlain(code, "m.js", engine);

for (const file of readdirSync(folder).filter((name) => /^[\w-]+\.js$/.test(name))) {
  test(`${file} becomes what it was`, () => {
    const golden = join(folder, file.replace(".js", ".lowered.js"));
    const { code, uses } = lowered(readFileSync(join(folder, file), "utf8"));
    const text = `// uses ${uses.join(", ")}\n${code}`;

    if (process.env["UPDATE"] === "1") writeFileSync(golden, text);

    assert.is(text, readFileSync(golden, "utf8"));
  });
}

test("leaves what is not async as it is", () => {
  const code = "const f = (a, b = 1) => { label: for (const x of a) if (x) continue label; };\n";

  assert.equal([lowered(code).code, lowered(code).uses], [code, []]);
});

test("names what it makes differently from what the author uses", () => {
  const { code, prefix } = lowered("async function $t($) { await $async; return $t + $; }");

  assert.is(prefix, "$$");
  assert.ok(code.includes("return $$async(($$t) =>"), code);
});

test("takes promises of its own where the engine's are no good", () => {
  const code = "new Promise(f); Promise.all(a); g(Promise); function h(Promise) { return Promise.all(a); }";
  const { code: text, uses } = lowered(code, { ownPromises: false, iterators: false });

  assert.is(
    text,
    "new $OwnPromise(f); $all(a); g($WholePromise); function h(Promise) { return Promise.all(a); }",
  );
  assert.equal(uses, ["OwnPromise", "WholePromise", "all"]);
});

test("maps statements to the author's lines", () => {
  const { code, map } = lowered("async function f() {\n  await a();\n  b();\n}\n");
  const lines = code.split("\n");
  const line = lines.findIndex((each) => each.includes("b();"));
  const origin = originalPositionFor(new TraceMap(map), {
    line: line + 1,
    column: lines[line]!.indexOf("b"),
  });

  assert.equal([origin.line, origin.column], [3, 2]);
});
