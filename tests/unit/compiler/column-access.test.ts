/** How reads and writes of slots in columns are written, by where they stand. */
import * as assert from "uvu/assert";
import { withPlaces, type Place } from "../../../compiler/emit/column-access.js";
import { suite } from "../../support/suite.js";

const test = suite("compiler/column-access");

const PLACES: Readonly<Record<number, Place>> = {
  1: { kind: "number", text: "D[1]" },
  2: { kind: "flag", text: "I[2]" },
  3: { kind: "coded", read: "$kept(r, 3, 4)", write: "$keep(r, 3, 4, " },
  4: { kind: "variable", text: "v" },
  5: { kind: "future", text: "$future(r, 0, 8)" },
};

/** `x`, `flag`, `error`, `v` and `tick` are slots; `x()` calls one. */
function written(code: string): string {
  const marks: Readonly<Record<string, string>> = { x: "1", flag: "2", error: "3", v: "4", tick: "5" };
  const marked = code.replace(/\b(x|flag|error|v|tick)\b(?=(\()?)/g, (name: string, _, isCalled?: string) => {
    return `\u0004${isCalled === undefined ? "s" : "("}${marks[name]}\u0005`;
  });
  return withPlaces(marked, (slot) => PLACES[slot]!);
}

const CASES: readonly (readonly [code: string, written: string])[] = [
  ["x = x + 1;", "D[1] = D[1] + 1;"],
  ["x += v; x++; --x;", "D[1] += v; D[1]++; --D[1];"],
  ["flag = !flag;", "I[2] = !(I[2] !== 0);"],
  ["if (flag && x) f(flag);", "if ((I[2] !== 0) && D[1]) f((I[2] !== 0));"],
  ["y = flag = g();", "y = I[2] = g();"],
  ["(flag) = g();", "(I[2]) = g();"],
  ["flag ||= g(flag);", "((I[2] !== 0) || (I[2] = g((I[2] !== 0))));"],
  ["y = flag &&= x > 1;", "y = ((I[2] !== 0) && (I[2] = D[1] > 1));"],
  ["[x, flag = true, ...v] = list;", "[D[1], I[2] = true, ...v] = list;"],
  ["({ a: flag, b: [x] } = flag ? x : o);", "({ a: I[2], b: [D[1]] } = (I[2] !== 0) ? D[1] : o);"],
  ["for (flag of list) f([flag]);", "for (I[2] of list) f([(I[2] !== 0)]);"],
  ["`${flag} ${x}`;", "`${(I[2] !== 0)} ${D[1]}`;"],
  ["v = v(1); x(2);", "v = v(1); (0, D[1])(2);"],
  ["error = f(flag);", "$keep(r, 3, 4, f((I[2] !== 0)));"],
  ["g(error, error = x);", "g($kept(r, 3, 4), $keep(r, 3, 4, D[1]));"],
  ["error += v;", "$keep(r, 3, 4, $kept(r, 3, 4) + (v));"],
  ["y = error ??= x;", "y = ($kept(r, 3, 4) ?? $keep(r, 3, 4, D[1]));"],
  ["new error(x);", "new ($kept(r, 3, 4))(D[1]);"],
  ["error++;", "({ get v() { return $kept(r, 3, 4); }, set v($v) { $keep(r, 3, 4, $v); } }).v++;"],
  [
    "[error = x] = [flag];",
    "[({ get v() { return $kept(r, 3, 4); }, set v($v) { $keep(r, 3, 4, $v); } }).v = D[1]] = [(I[2] !== 0)];",
  ],
  ["error = [error = x];", "$keep(r, 3, 4, [$keep(r, 3, 4, D[1])]);"],
  [
    "if (error === x) y = error > (error);",
    "if ($kept(r, 3, 4) === D[1]) y = $kept(r, 3, 4) > ($kept(r, 3, 4));",
  ],
  ["tick = sleep(x);", "sleep(D[1]);"],
  ["lend(0, tick);", "lend(0, $future(r, 0, 8));"],
  ["let y: number = x as number; y!;", "let y: number = D[1] as number; y!;"],
  ["o.x1 = { x1: x, k: flag };", "o.x1 = { x1: D[1], k: (I[2] !== 0) };"],
];

for (const [code, expected] of CASES) {
  test(`${code} becomes ${expected}`, () => {
    assert.is(written(code), expected);
  });
}

test("positions of the author and his dollars stay where they are", () => {
  assert.is(
    withPlaces("\u000112\u0002\u0004s2\u0005 = \u000115\u0002\u0003a(\u0004s2\u0005);", () => PLACES[2]!),
    "\u000112\u0002I[2] = \u000115\u0002\u0003a((I[2] !== 0));",
  );
});
