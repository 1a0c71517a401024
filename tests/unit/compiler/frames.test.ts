/** Which frames are common: those of functions that several others of one strand await. */
import * as assert from "uvu/assert";
import type { AsyncFunction } from "../../../compiler/find/find-tasks.js";
import { findCommon } from "../../../compiler/frames/frames.js";
import type { Callee, Graph } from "../../../compiler/graph/ir.js";
import { suite } from "../../support/suite.js";

const test = suite("compiler/frames");

/** Calls by caller: `f` awaits it, `~f` is an arm. `main` is a task. */
type Calls = Readonly<Record<string, readonly string[]>>;

function commonOf(calls: Calls): { common: string; roots: string } {
  const functions = new Map<string, AsyncFunction>();
  for (const name of Object.keys(calls)) {
    const fn = {
      name,
      node: {},
      pool: name === "main" ? 1 : 0,
      isArm: false,
      isCommon: false,
      hasCommon: false,
    };
    functions.set(name, fn as unknown as AsyncFunction);
  }
  const graphs = Object.entries(calls).map(([name, callees]): Graph => {
    const list = callees.map((each, slot): Callee => {
      const fn = functions.get(each.replace("~", ""))!;
      if (each.startsWith("~")) fn.isArm = true;
      return { fn, imported: null, free: null, owner: null, isStrand: each.startsWith("~"), slot };
    });
    return { fn: functions.get(name)!, callees: list } as unknown as Graph;
  });
  findCommon(graphs);
  const names = (is: (fn: AsyncFunction) => boolean): string =>
    [...functions.values()]
      .filter(is)
      .map((fn) => fn.name)
      .join(" ");
  return { common: names((fn) => fn.isCommon), roots: names((fn) => fn.hasCommon) };
}

test("a function with one caller has its frame in that one's", () => {
  assert.equal(commonOf({ main: ["read"], read: ["transfer"], transfer: [] }), { common: "", roots: "" });
});

test("a function that two functions of a task await has one frame for both", () => {
  const calls = { main: ["read", "write"], read: ["transfer"], write: ["transfer"], transfer: [] };
  assert.equal(commonOf(calls), { common: "transfer", roots: "main" });
});

test("an arm is a strand of its own: what it awaits is not common with its caller's", () => {
  assert.equal(commonOf({ main: ["~read", "transfer"], read: ["transfer"], transfer: [] }), {
    common: "",
    roots: "",
  });
});

test("a strand makes its own family where a function is common in another one alone", () => {
  const calls = {
    main: ["~read", "write", "transfer"],
    read: ["transfer"],
    write: ["transfer"],
    transfer: [],
  };
  assert.equal(commonOf(calls), { common: "transfer", roots: "main read" });
});
