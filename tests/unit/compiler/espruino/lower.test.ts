/** Lowered programs mean what they meant, on Node: each prints what the author's text prints. */
import * as assert from "uvu/assert";
import { HELPERS_MODULE } from "../../../../compiler/espruino/helpers.js";
import { lintProfile } from "../../../../compiler/espruino/lint.js";
import { lowerModule } from "../../../../compiler/espruino/lower.js";
import { suite } from "../../../support/suite.js";
import { bundleForEspruino, bundleForNode } from "./bundle.js";
import { runOnNode } from "./engine.js";
import { modulesOf, PROGRAMS } from "./programs.js";

const test = suite("compiler/espruino/lower");

for (const [name, program] of Object.entries(PROGRAMS)) {
  test(`keeps the meaning of ${name}`, async () => {
    const modules = modulesOf(program);
    const plain = await bundleForNode(modules);
    const lowered = await bundleForEspruino(modules);

    assert.is(runOnNode(lowered.code), runOnNode(plain.code), lowered.code);
  });

  test(`leaves nothing to report in ${name}`, async () => {
    const { code, map } = await bundleForEspruino(modulesOf(program));

    assert.equal(lintProfile(code, map), [], code);
  });
}

const lowered = (code: string): string => lowerModule(code, "m.ts").code.replace(/\s+/g, " ").trim();

test("leaves declarations where they are when they already come first", () => {
  const code =
    "export function make() { var a = 1; function f() { return g(); } function g() { return a; } f(); " +
    "for (var i = 0; i < 2; i++) { var b = i; f(b); } }";

  assert.is(lowered(code), code);
});

test("moves only the function that is used above its line", () => {
  assert.is(
    lowered("early(); export function late() {} function early() {}"),
    "function early() { } early(); export function late() { }",
  );
});

test("exports a variable that moves", () => {
  assert.is(
    lowered("f(); export var a = 1; function f() { a = 2; }"),
    "export var a; function f() { a = 2; } f(); a = 1;",
  );
});

test("imports the helpers it uses and no others", () => {
  const { code } = lowerModule("export const f = (...a) => ({ ...a });", "m.ts");

  assert.ok(code.startsWith(`import { __assign } from "${HELPERS_MODULE}";\n`), code);
});

test("marks a class that runs nothing when defined, so that the bundler can drop it", async () => {
  const library =
    "export class A { m() {} } export class B extends A { static n = 1; } export const used = 1;";

  const { code } = await bundleForEspruino({
    main: "import { used } from './lib'; print(used);",
    lib: library,
  });

  assert.not.match(code, "prototype");
});
