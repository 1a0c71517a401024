import fc from "fast-check";
import * as assert from "uvu/assert";
import { drawAxis, ticks } from "../../../../cli/report/time-axis.js";
import { suite } from "../../../support/suite.js";

const test = suite("cli/report/time-axis");

test("labels a run by its length: us, ms or s", () => {
  const labels = (end: number): string[] => ticks(end, 60).map((tick) => tick.label);

  assert.equal(labels(0.5), ["0", "100 us", "200 us", "300 us", "400 us", "500 us"]);
  assert.equal(labels(100), ["0", "20 ms", "40 ms", "60 ms", "80 ms", "100 ms"]);
  assert.equal(labels(10_000), ["0", "2 s", "4 s", "6 s", "8 s", "10 s"]);
  assert.equal(labels(2500), ["0", "0.5 s", "1 s", "1.5 s", "2 s", "2.5 s"]);
});

test("places ticks apart and labels within the width, for any run", () => {
  const end = fc.double({ min: 1e-3, max: 1e8, noNaN: true });
  fc.assert(
    fc.property(end, fc.integer({ min: 24, max: 300 }), (time, columns) => {
      const placed = ticks(time, columns).map((tick) => tick.column);
      const [line, labels] = drawAxis(time, columns, false);

      assert.ok(placed.length >= 1 && placed.length <= columns / 9 + 1);
      assert.is(line.length, columns);
      assert.ok(labels.length <= columns);
    }),
  );
});
