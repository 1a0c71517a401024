/** What has no form on Espruino is refused with a code and the author's line. */
import * as assert from "uvu/assert";
import { lowerModule } from "../../../../compiler/espruino/lower.js";
import type { ProfileViolation } from "../../../../compiler/espruino/profile.js";
import { LoweringError } from "../../../../compiler/espruino/refuse.js";
import { suite } from "../../../support/suite.js";

const test = suite("compiler/espruino/refuse");

function refusals(code: string): readonly ProfileViolation[] {
  try {
    lowerModule(code, "m.ts");
  } catch (error) {
    if (error instanceof LoweringError) return error.violations;
    throw error;
  }
  return [];
}

const REFUSED: Readonly<Record<string, string>> = {
  "await at the top": "await g();",
  "super in an object": "export const o = { m() { return super.m(); } };",
  "a subclass of Array": "export class A extends Array {}",
  "a look behind": "f(/(?<=a)b/);",
  "a hole in an array": "f([1, , 2]);",
  "a decorator": "@d class A {}",
  using: "{ using x = f(); }",
  "import()": 'import("./x");',
  "import.meta": "f(import.meta.url);",
  "a BigInt": "f(1n);",
};

for (const [name, code] of Object.entries(REFUSED)) {
  test(`refuses ${name}`, () => {
    assert.ok(refusals(code).length > 0, code);
  });
}

test("accepts holes in patterns and all labels", () => {
  assert.equal(
    refusals(
      "const [, a] = b; [, c] = b; for ([, c] of d); x: for (;;) y: switch (a) { case 1: break x; } z: { break z; }",
    ),
    [],
  );
});

test("says where and lists all of them", () => {
  const found = refusals("f(1n);\n  await g();\n").map((v) => [v.code, v.file, v.line, v.column]);

  assert.equal(found, [
    ["C519", "m.ts", 1, 3],
    ["C504", "m.ts", 2, 3],
  ]);
});

test("names code, place and advice in the message", () => {
  assert.throws(() => lowerModule("f(1n);", "m.ts"), /^C519 m\.ts:1:3 Espruino has no BigInt\. Use numbers/);
});
