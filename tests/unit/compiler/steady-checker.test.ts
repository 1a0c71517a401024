import type ts from "typescript";
import * as assert from "uvu/assert";
import { steady } from "../../../compiler/program/steady-checker.js";
import { suite } from "../../support/suite.js";

const test = suite("compiler/steady-checker");

/** A checker that fails at the first `failures` questions for a symbol. */
function stumbling(failures: number): ts.TypeChecker {
  let asked = 0;
  const getSymbolAtLocation = ({ pos }: ts.Node): unknown => {
    if (asked++ < failures) throw new Error("Debug Failure.");
    return `symbol at ${pos}`;
  };
  return { getSymbolAtLocation, isTupleType: () => true } as unknown as ts.TypeChecker;
}

const node = { pos: 7 } as ts.Node;

test("a question that fails once is answered", () => {
  assert.equal(steady(stumbling(1)).getSymbolAtLocation(node), "symbol at 7");
});

test("one that fails again is told", () => {
  assert.throws(() => steady(stumbling(2)).getSymbolAtLocation(node), /Debug Failure/);
});

test("all other questions are the checker's own", () => {
  assert.is(steady(stumbling(0)).isTupleType({} as ts.Type), true);
});
