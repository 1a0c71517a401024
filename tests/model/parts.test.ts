// @timeout 120
/**
 * Streams of parts (programs/parts.ts) beside the functions that lists have: compiled, uncompiled and in a device build;
 * however the loop ends, no item is lost but those that a part has given on or left out.
 */
import fc from "fast-check";
import { createContext, Script as Code } from "node:vm";
import { join } from "node:path";
import * as assert from "uvu/assert";
import { buildXs } from "../../cli/build/device.js";
import { buildSim, importSim, type SimModule } from "../../cli/build/sim.js";
import { importUncompiled } from "../../cli/build/uncompiled.js";
import type { Ticks } from "../../core/index.js";
import { esp32 } from "../../targets/moddable/index.js";
import { check } from "../support/model.js";
import { suite } from "../support/suite.js";
import type { Outcome, Script } from "./programs/parts.js";

const test = suite("model: parts of streams");

const ENTRY = join(DORMOUSE_ROOT, "tests/model/programs/parts.ts");
const SPAN = 200;
const RUNS = 600;

const NEVER = 1000;
const small = fc.integer({ min: 0, max: 4 });
const often = <T>(usual: T, other: fc.Arbitrary<T>): fc.Arbitrary<T> =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(usual) }, other);

/** Items are numbered, so that each is known: those of the right side from 100 on. */
const items = (from: number): fc.Arbitrary<number[]> =>
  fc.nat({ max: 12 }).map((count) => Array.from({ length: count }, (_, i) => from + i));

const scripts: fc.Arbitrary<Script> = fc
  .record({
    shape: fc.constantFrom<Script["shape"]>(
      ...(["plain", "early", "late", "windows", "taken", "merged", "mixed", "generated"] as const),
    ),
    left: items(1),
    right: items(100),
    capacity: fc.integer({ min: 1, max: 4 }),
    count: small,
    size: fc.integer({ min: 1, max: 4 }),
    step: fc.integer({ min: 1, max: 4 }),
    bad: often(NEVER, fc.integer({ min: 1, max: 12 })),
    most: often(NEVER, fc.integer({ min: 1, max: 4 })),
    cancelAt: often(60, fc.integer({ min: 1, max: 9 })),
    pauses: fc.array(fc.oneof(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 100, max: 112 })), {
      maxLength: 3,
    }),
  })
  .map((script) => ({ ...script, step: Math.min(script.step, script.size) }));

type Form = (script: Script) => Outcome;
let compiled: Form;
let uncompiled: Form;
let onBoard: Form;

test.before(async () => {
  compiled = inSim(await importSim(await buildSim(ENTRY, false), "parts"));
  uncompiled = inSim(await importUncompiled(ENTRY, "parts-uncompiled"));
  const { code } = await buildXs({ entry: ENTRY, board: esp32, minify: true });
  onBoard = boardForm(new Code(code));
});

function inSim({ main, Sim }: SimModule): Form {
  return (script) => {
    Object.assign(globalThis, { script, outcome: null });
    new Sim().start(main).advance(SPAN as Ticks);
    return (globalThis as unknown as { readonly outcome: Outcome }).outcome;
  };
}

function boardForm(code: Code): Form {
  return (script) => {
    const context = createContext({ script, outcome: null }) as {
      readonly outcome: Outcome;
      start: () => void;
      virtual: { advance: (end: number) => string };
    };
    code.runInContext(context);
    context.start();
    context.virtual.advance(SPAN);
    return JSON.parse(JSON.stringify(context.outcome)) as Outcome;
  };
}

const isEven = (x: number): boolean => x % 2 === 0;
const grow = (x: number): number => 10 * x;

function windowsOf(list: readonly number[], size: number, step: number): number[][] {
  const found: number[][] = [];
  for (let at = 0; at + size <= list.length; at += step) found.push(list.slice(at, at + size));
  return found;
}

/** All that the stream gives of `left`, when nothing ends it. */
function expected({ shape, left, count, size, step }: Script): (number | number[])[] {
  const even = left.filter(isEven);
  if (shape === "plain") return left.map(grow).filter((x) => x % 3 !== 0);
  if (shape === "early") return left.slice(0, count).filter(isEven).map(grow);
  if (shape === "windows") return windowsOf(left.map(grow), size, step);
  if (shape === "taken") return windowsOf(even, size, size).slice(0, count);
  return even.map(grow).slice(0, count);
}

test("give what lists give, until something ends them", () => {
  check(
    scripts,
    (script) => {
      const outcome = compiled(script);
      assert.equal(uncompiled(script), outcome, "uncompiled");
      assert.equal(onBoard(script), outcome, "a board");
      const { given, left, right, end } = outcome;
      if (/merged|mixed/.test(script.shape)) inOrder(script, outcome);
      else {
        const all = expected(script);
        assert.equal(given, all.slice(0, given.length));
        const isWhole = given.length === Math.min(all.length, script.most);
        if (end.endsWith("over")) assert.ok(isWhole, "it is over, and not whole");
        assert.equal(right, script.right, "of the other channel nothing is taken");
      }
      // What is left is the end of what was sent: nothing is lost in the middle, nothing comes twice.
      assert.equal(left, script.left.slice(script.left.length - left.length));
      if (script.shape === "plain" && end === "cancelled") noneLost(script, outcome);
    },
    RUNS,
  );
});

/** Each source gives its items in order, and none is left behind when it is over by itself. */
function inOrder(script: Script, { given, left, right, end }: Outcome): void {
  const flat = script.shape === "merged" ? given : given.map((each) => (each as number[]).at(-1)!);
  // Of the left side no more than four items grow.
  const isRight = (x: number): boolean => x >= 100;
  const sides = [flat.filter((x) => !isRight(x as number)), flat.filter((x) => isRight(x as number))];
  for (const side of sides)
    assert.equal(
      side,
      [...side].sort((a, b) => Number(a) - Number(b)),
    );
  if (script.shape !== "merged") return;
  assert.equal(sides[0], script.left.slice(0, sides[0]!.length));
  assert.equal([...(sides[0] as number[]), ...left], [...script.left]);
  assert.equal([...(sides[1] as number[]), ...right], [...script.right]);
  if (end === "over" && script.most === NEVER) assert.equal(left.length + right.length, 0);
}

/** What the task took before it was cancelled it has given, but for what the test left out. */
function noneLost(script: Script, { given, left }: Outcome): void {
  const taken = script.left.slice(0, script.left.length - left.length);
  assert.equal(
    given,
    taken.map(grow).filter((x) => x % 3 !== 0),
  );
}
