import { originalPositionFor, TraceMap } from "@jridgewell/trace-mapping";
import * as assert from "uvu/assert";
import { finished } from "../../../../compiler/espruino/finish.js";
import { suite } from "../../../support/suite.js";

const test = suite("compiler/espruino/finish");

/** One segment a column: column n of the code comes from column n of the source. */
const identity = (columns: number): object => ({
  version: 3,
  sources: ["a.js"],
  names: [],
  mappings: [Array.from({ length: columns }, (_, i) => [i, 0, 0, i])],
});

test("puts parentheses around sequences in brackets and after case", () => {
  const code = "a[b,c]=d[(e,f)];switch(g){case h,i[j,k]:l()}";

  const result = finished(code, identity(code.length));

  assert.is(result.code, "a[(b,c)]=d[(e,f)];switch(g){case (h,i[(j,k)]):l()}");
});

test("puts parentheses around what is divided and ends as an operator does", () => {
  const code = "i++/2;a*-i--/2;this/2;o.in/2;o.x/2;i++*2;2/i++;o.in/=2";

  const result = finished(code, identity(code.length));

  assert.is(result.code, "(i++)/2;(a*-i--)/2;(this)/2;(o.in)/2;o.x/2;i++*2;2/i++;(o.in)/=2");
});

test("keeps the map right behind what was put in", () => {
  const code = "a[b,c]=d;e[f,g]=h";

  const result = finished(code, identity(code.length));
  const trace = new TraceMap(result.map as ConstructorParameters<typeof TraceMap>[0]);
  const column = result.code.indexOf("h");

  assert.is(originalPositionFor(trace, { line: 1, column }).column, code.indexOf("h"));
});

test("writes characters beyond ASCII as characters, not as bytes", () => {
  const code = 'a("21 \\xB0C\\x41\\\\xB0",b)';

  const result = finished(code, identity(code.length));
  const trace = new TraceMap(result.map as ConstructorParameters<typeof TraceMap>[0]);

  assert.is(result.code, 'a("21 \\u00B0C\\x41\\\\xB0",b)');
  const column = result.code.indexOf("b)");
  assert.is(originalPositionFor(trace, { line: 1, column }).column, code.indexOf("b)"));
});

test("leaves code alone that needs nothing", () => {
  const map = identity(4);

  assert.equal(finished("a[b]", map), { code: "a[b]", map });
});
