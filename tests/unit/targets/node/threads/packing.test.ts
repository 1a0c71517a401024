/** Values that go through shared memory come out as structuredClone would give them, or go another way. */
import fc from "fast-check";
import * as assert from "uvu/assert";
import { Packing } from "../../../../../targets/node/threads/packing.js";
import { suite } from "../../../../support/suite.js";

const test = suite("threads/packing");
const BYTES = 240;

const packing = new Packing(new SharedArrayBuffer(2 * BYTES));

/** What comes out again, or undefined when it goes another way. */
function packed(value: unknown): { value: unknown } | undefined {
  if (!packing.pack(BYTES / 2, BYTES, [value])) return undefined;
  return { value: (packing.unpack(BYTES / 2) as readonly unknown[])[0] };
}

const strings = fc.oneof(
  fc.string(),
  fc.string({ unit: "binary" }),
  fc.string({ minLength: 17, maxLength: 60 }),
);
const values = fc.anything({
  key: strings,
  values: [fc.boolean(), fc.integer(), fc.double(), strings, fc.constant(null), fc.constant(undefined)],
  withDate: true,
  withMap: true,
  withSparseArray: true,
  withTypedArray: true,
  withNullPrototype: true,
  withBigInt: true,
});

test("what is packed comes out as its clone", () => {
  let count = 0;
  fc.assert(
    fc.property(values, (value) => {
      const out = packed(value);
      if (out === undefined) return;
      count++;
      assert.equal(out.value, structuredClone(value));
      assert.ok(Object.is(out.value, value) || typeof value === "object");
    }),
    { numRuns: 5000 },
  );
  assert.ok(count > 300, `${count}`);
});

test("what is plain and small is packed", () => {
  for (const value of [
    0,
    -0,
    2 ** 31,
    NaN,
    "",
    "x".repeat(200),
    "é",
    "\ud800",
    [],
    [1, [2]],
    { a: { b: null } },
    true,
  ]) {
    assert.equal(packed(value)?.value, value);
  }
});

test("what structuredClone would give otherwise, or is too large, goes another way", () => {
  const twice = {};
  const round: unknown[] = [];
  round.push(round);
  class Point {
    x = 1;
  }
  const many: unknown[] = ["x".repeat(300), new Array(400).fill(0), { ["k".repeat(250)]: 1 }];
  for (const value of [
    [twice, twice],
    round,
    new Point(),
    new Date(),
    [, 1],
    Object.assign([1], { a: 1 }),
    1n,
    ...many,
  ]) {
    assert.is(packed(value), undefined);
  }
});
