import { runInNewContext } from "node:vm";
import * as assert from "uvu/assert";
import { print } from "../../../../compiler/espruino/passes.js";
import { readable } from "../../../../compiler/espruino/readable.js";
import { suite } from "../../../support/suite.js";

const test = suite("compiler/espruino/readable");

const printed = (text: string): string => print(text, "module.js", []).code;
const run = (text: string): unknown => runInNewContext(`${text}; f`, { a: 1, b: 1, q: 2, x: 1, y: 5 });

test("a list in parentheses before the colon of an arrow is no list of parameters", () => {
  for (const text of [
    "var f = a ? b ? (x = 0, y) : z => { return 1; } : q;",
    "var f=a?b?(x=0,y):z=>{return 1}:q;",
    "var f = a ? b ? (x = 0, y) : z => { return a ? b ? (x, y) : h => { return 2; } : 3; } : q;",
  ]) {
    assert.is(run(text), 5);
    assert.is(run(printed(text).replace("export {};", "")), 5, text);
  }
});

test("blanks make room, so that positions stay", () => {
  const text = "var f = a ? b ? (x = 0, y) : z => { return 1; } : q;";
  assert.is(readable(text, "module.js"), "var f = a ? b ?((x = 0, y)): z => { return 1; } : q;");
});

test("what is read as it is meant, and TypeScript, stay as they are", () => {
  const right = "var f = a ? (x = 0, y) : (z) => { return 1; };";
  assert.is(readable(right, "module.js"), right);
  const typed = "const f = (x: number): number => x; const g = (";
  assert.is(readable(typed, "module.ts"), typed);
});
