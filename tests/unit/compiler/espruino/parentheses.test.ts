import { originalPositionFor, TraceMap } from "@jridgewell/trace-mapping";
import * as assert from "uvu/assert";
import { parenthesized } from "../../../../compiler/espruino/parentheses.js";
import { suite } from "../../../support/suite.js";

const test = suite("compiler/espruino/parentheses");

/** One segment a column: column n of the code comes from column n of the source. */
const identity = (columns: number): object => ({
  version: 3,
  sources: ["a.js"],
  names: [],
  mappings: [Array.from({ length: columns }, (_, i) => [i, 0, 0, i])],
});

test("puts parentheses around sequences in brackets and after case", () => {
  const code = "a[b,c]=d[(e,f)];switch(g){case h,i[j,k]:l()}";

  const result = parenthesized(code, identity(code.length));

  assert.is(result.code, "a[(b,c)]=d[(e,f)];switch(g){case (h,i[(j,k)]):l()}");
});

test("keeps the map right behind what was put in", () => {
  const code = "a[b,c]=d;e[f,g]=h";

  const result = parenthesized(code, identity(code.length));
  const trace = new TraceMap(result.map as ConstructorParameters<typeof TraceMap>[0]);
  const column = result.code.indexOf("h");

  assert.is(originalPositionFor(trace, { line: 1, column }).column, code.indexOf("h"));
});

test("leaves code alone that needs nothing", () => {
  const map = identity(4);

  assert.equal(parenthesized("a[b]", map), { code: "a[b]", map });
});
