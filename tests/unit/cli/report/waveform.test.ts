import fc from "fast-check";
import * as assert from "uvu/assert";
import { drawWaveform } from "../../../../cli/report/waveform.js";
import { suite } from "../../../support/suite.js";
import { anyTrace, printed, toggles, trace } from "./traces.js";

const test = suite("cli/report/waveform");

const PLAIN = { color: false, ascii: false };

test("draws levels, edges, printed lines and time", () => {
  const run = trace({
    end: 4000,
    outputs: ["LED1"],
    inputs: ["BTN1"],
    initial: { BTN1: 1 },
    pins: [...toggles("LED1", [1000, 2000, 3000]), { at: 2000, pin: "BTN1", level: 0 }],
    lines: printed([[1000, "a"], [3000, "b"], [3001, "c"]]), // prettier-ignore
  });

  assert.is(
    drawWaveform(run, { ...PLAIN, width: 48 }),
    [
      "LED1              ┌─────────┐         ┌─────────",
      "        ──────────┘         └─────────┘",
      "BTN1 in ────────────────────┐",
      "                            └───────────────────",
      "print             •                   2",
      "        ├─────────┼─────────┼─────────┼────────┤",
      "        0        1 s       2 s       3 s     4 s",
    ].join("\n"),
  );
});

test("marks a pulse within one column as a spike, and more edges as a block", () => {
  const run = trace({ end: 24, outputs: ["D2"], pins: toggles("D2", [2, 2.5, 5, 8, 8.5, 12, 12.2, 12.4]) });

  assert.equal(drawWaveform(run, { ...PLAIN, width: 27 }).split("\n"), [
    "D2   ╷  ┌──┬───▒",
    "   ──┴──┘  ╵   ▒───────────",
    "   ├─────────┼─────────┼───",
    "   0       10 ms     20 ms",
    "   ▒ three or more edges in one column",
  ]);
});

test("draws in plain ASCII", () => {
  const run = trace({
    end: 24,
    outputs: ["D2"],
    pins: toggles("D2", [2, 2.5, 5, 8]),
    lines: printed([[5, ""]]),
  });

  assert.equal(drawWaveform(run, { ascii: true, color: false, width: 27 }).split("\n"), [
    "D2          __",
    "      __!__|  |_______________",
    "print      *",
    "      +---------+---------+---",
    "      0       10 ms     20 ms",
  ]);
});

test("colours lines and leaves labels alone", () => {
  const text = drawWaveform(trace({ outputs: ["D2"] }), { ascii: false, color: true, width: 27 });

  assert.match(text, "D2\n   \x1b[36m────");
});

test("draws a run without pins and without length", () => {
  assert.match(drawWaveform(trace({ end: 0 }), PLAIN), /├─+/);
});

test("fits any trace into its width", () => {
  fc.assert(
    fc.property(anyTrace, fc.integer({ min: 50, max: 200 }), (run, width) => {
      const rows = drawWaveform(run, { ...PLAIN, width }).split("\n");

      assert.is(
        rows.find((row) => row.length > width),
        undefined,
      );
    }),
  );
});
