import fc from "fast-check";
import * as assert from "uvu/assert";
import { compareTraces } from "../../../../cli/report/compare.js";
import { suite } from "../../../support/suite.js";
import { anyTrace, printed, toggles, trace } from "./traces.js";

const test = suite("cli/report/compare");

const led = (times: readonly number[], end = 2000) =>
  trace({ end, outputs: ["LED1"], pins: toggles("LED1", times) });

test("finds any trace equal to itself", () => {
  const run = fc.tuple(anyTrace, fc.nat(20));
  fc.assert(
    fc.property(run, ([it, tolerance]) => {
      assert.equal(compareTraces(it, it, tolerance), { equal: true, worst: 0, differences: [] });
    }),
  );
});

test("reports an event at another time, exactly compared", () => {
  const found = compareTraces(led([500, 1000, 1500]), led([500, 1000, 1512]), 0);

  assert.equal(found.differences, ["LED1 event 3: expected 1 at 1500 ms, got 1 at 1512 ms"]);
  assert.is(found.worst, 12);
  assert.not(found.equal);
});

test("accepts times within the tolerance, and tells the largest difference", () => {
  const found = compareTraces(led([500, 1000]), led([495.5, 1003]), 5);

  assert.equal(found, { equal: true, worst: 4.5, differences: [] });
  assert.not(compareTraces(led([500, 1000]), led([495.5, 1003]), 4).equal);
});

test("stops at the first event that does not match", () => {
  const actual = {
    ...led([]),
    pins: [{ at: 500, pin: "LED1", level: 0 as const }, ...toggles("LED1", [900])],
  };

  const found = compareTraces(led([500, 1000]), actual, 5);

  assert.equal(found.differences, ["LED1 event 1: expected 1 at 500 ms, got 0 at 500 ms"]);
});

test("reports events that are missing or too many", () => {
  assert.equal(compareTraces(led([500, 1000]), led([500]), 0).differences, [
    "LED1 event 2: expected 0 at 1000 ms, got nothing",
  ]);
  assert.equal(compareTraces(led([500]), led([500, 1000]), 5).differences, [
    "LED1 event 2: expected nothing, got 0 at 1000 ms",
  ]);
});

test("lets events within the tolerance of the end be absent from either trace", () => {
  assert.ok(compareTraces(led([500, 1996]), led([500]), 5).equal);
  assert.ok(compareTraces(led([500]), led([500, 1996]), 5).equal);
  assert.ok(compareTraces(led([500]), led([500, 2400], 2500), 5).equal);
  assert.ok(compareTraces(led([500, 1993]), led([500], 1997), 5).equal);
  assert.not(compareTraces(led([500, 1994]), led([500]), 5).equal);
});

test("needs every event of the tail when compared exactly", () => {
  assert.not(compareTraces(led([500, 2000]), led([500]), 0).equal);
  assert.not(compareTraces(led([500]), led([500, 2000]), 0).equal);
});

test("reports a run that ended early", () => {
  const found = compareTraces(led([]), led([], 900), 5);

  assert.equal(found.differences, ["run: expected until 2000 ms, ended at 900 ms"]);
});

test("compares printed lines by text and time", () => {
  const expected = trace({ lines: printed([[10, "a"]]) });

  assert.equal(compareTraces(expected, trace({ lines: printed([[10, "b"]]) }), 5).differences, [
    'line 1: expected "a" at 10 ms, got "b" at 10 ms',
  ]);
  assert.ok(compareTraces(expected, trace({ lines: printed([[14, "a"]]) }), 5).equal);
});

const lines = (...events: [number, string][]) => trace({ end: 2000, lines: printed(events) });

test("accepts lines in another order that are within the tolerance of each other", () => {
  const expected = lines([10, "a"], [12, "b"], [13, "c"], [900, "d"]);

  assert.equal(compareTraces(expected, lines([11, "b"], [14, "c"], [14.5, "a"], [901, "d"]), 5), {
    equal: true,
    worst: 4.5,
    differences: [],
  });
  assert.ok(compareTraces(expected, lines([10, "c"], [11, "b"], [12, "a"], [899, "d"]), 5).equal);
});

test("accepts no other order of lines when exact, nor of lines far apart in either trace", () => {
  const [expected, swapped] = [lines([10, "a"], [12, "b"]), lines([10, "b"], [12, "a"])];
  assert.equal(compareTraces(expected, swapped, 0).differences, [
    'line 1: expected "a" at 10 ms, got "b" at 10 ms',
  ]);
  assert.not(compareTraces(lines([10, "a"], [17, "b"]), lines([13, "b"], [14, "a"]), 5).equal);
  assert.not(compareTraces(lines([13, "a"], [14, "b"]), lines([10, "b"], [17, "a"]), 5).equal);
});

test("wants every line of a swap once, and within the tolerance of its time", () => {
  const expected = lines([10, "a"], [12, "b"]);

  assert.not(compareTraces(expected, lines([10, "b"], [12, "b"]), 5).equal);
  assert.not(compareTraces(expected, lines([11, "b"], [12, "a"], [13, "a"]), 5).equal);
  assert.equal(compareTraces(expected, lines([12, "b"], [16, "a"]), 5).differences, [
    'line 1: expected "a" at 10 ms, got "a" at 16 ms',
  ]);
});

test("finds lines of any order equal to themselves, were they all at about one time", () => {
  const shuffles = fc
    .array(fc.constantFrom("a", "b", "c", "d"), { maxLength: 12 })
    .chain((texts) => fc.tuple(fc.constant(texts), fc.shuffledSubarray(texts, { minLength: texts.length })));
  const at = (texts: readonly string[]) => lines(...texts.map((text): [number, string] => [10, text]));
  fc.assert(
    fc.property(shuffles, ([texts, others]) => {
      assert.equal(compareTraces(at(texts), at(others), 5), { equal: true, worst: 0, differences: [] });
    }),
  );
});

test("lets one of two lines that swapped be absent near the end", () => {
  const expected = lines([1990, "a"], [1997, "b"]);

  assert.ok(compareTraces(expected, lines([1996, "b"]), 10).equal);
  assert.not(compareTraces(expected, lines([1989, "b"]), 10).equal);
});

test("counts output pins only", () => {
  const input = trace({ inputs: ["BTN1"], pins: toggles("BTN1", [10]) });

  assert.ok(compareTraces(trace(), input, 0).equal);
});

test("reports an output of one trace that the other does not have", () => {
  assert.not(compareTraces(led([500]), trace({ end: 2000 }), 5).equal);
});

test("reports another level at the start", () => {
  const found = compareTraces(led([]), { ...led([]), initial: { LED1: 1 } }, 5);

  assert.equal(found.differences, ["LED1 at the start: expected 0, got 1"]);
});

test("reports two pins that change in another order at one instant, only when exact", () => {
  const [a, b] = [toggles("LED1", [500]), toggles("LED2", [500])];
  const expected = trace({ end: 2000, outputs: ["LED1", "LED2"], pins: [...a, ...b] });
  const actual = { ...expected, pins: [...b, ...a] };

  assert.ok(compareTraces(expected, actual, 1).equal);
  assert.equal(compareTraces(expected, actual, 0).differences, [
    "event 1 of all outputs: expected LED1 1 at 500 ms, got LED2 1 at 500 ms",
  ]);
});

test("shows the first few of many differences", () => {
  const times = Array.from({ length: 20 }, (_, i) => 50 * (i + 1));

  const found = compareTraces(led(times), led(times.map((at) => at + 7)), 0);

  assert.is(found.differences.length, 6);
  assert.is(found.differences.at(-1), "and 15 more");
});
