/** Where violations are said to be, and in what order. */
import * as assert from "uvu/assert";
import { lintProfile } from "../../../../compiler/espruino/lint.js";
import { suite } from "../../../support/suite.js";
import { bundleForEspruino } from "./bundle.js";

const test = suite("compiler/espruino/lint");

test("reports code, place and text in the bundle when there is no map", () => {
  const [first, ...rest] = lintProfile("var a=1;\n  print(new Proxy());");

  assert.equal(rest, []);
  assert.equal(first, {
    rule: "missing-global",
    code: "C550",
    file: undefined,
    line: 2,
    column: 13,
    excerpt: "Proxy",
    message: "this global does not exist on Espruino.",
    advice: "Use objects and arrays, or ask with typeof in the condition that it stands under.",
  });
});

test("reports the author's file, line and column through the maps of all passes", async () => {
  const { code, map } = await bundleForEspruino({
    main: 'import { size } from "./lib";\nprint(size);\n',
    lib: "type T = number;\n\nexport const size: T =\n  early() + 1;\nfunction early(a = 1): T {\n  return Object.isFrozen(a) ? 1 : 2;\n}\n",
  });

  const [first] = lintProfile(code, map);

  assert.equal(
    [first?.rule, first?.file?.endsWith("lib.ts"), first?.line, first?.column],
    ["missing-static", true, 6, 10],
  );
});

test("lists violations in the order of the text", () => {
  const rules = lintProfile("print([1].toLocaleString()); a: for (;;) break a; print(2 ** 3);").map(
    (v) => v.rule,
  );

  assert.equal(rules, ["missing-array-method", "label", "label", "exponent"]);
});

test("knows a subclass of a builtin error in ES5 form", () => {
  const [first] = lintProfile("var A = (function (b) { function A() {} return A; })(TypeError);");

  assert.is(first?.rule, "extends-error");
});

test("finds nothing in an empty script", () => {
  assert.equal(lintProfile(""), []);
});
