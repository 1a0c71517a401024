import fc from "fast-check";
import * as assert from "uvu/assert";
import { formatTrace, parseTrace } from "../../../../cli/report/trace.js";
import { suite } from "../../../support/suite.js";
import { anyTrace, printed, toggles, trace } from "./traces.js";

const test = suite("cli/report/trace");

const BLINK = `# dormouse trace 1
outputs LED1 LED2
inputs BTN1
initial BTN1=1 LED1=0
end 1200

   500 LED1 1
  1000 LED1 0
  1000 print "off \\"now\\""
`;

test("writes a head and one event a line, pins before lines", () => {
  const run = trace({
    end: 1200,
    outputs: ["LED1", "LED2"],
    inputs: ["BTN1"],
    initial: { LED1: 0, BTN1: 1 },
    pins: toggles("LED1", [500, 1000]),
    lines: printed([[1000, 'off "now"']]),
  });

  assert.is(formatTrace(run), BLINK);
});

test("reads what it wrote, for any trace", () => {
  fc.assert(fc.property(anyTrace, (run) => assert.equal(parseTrace(formatTrace(run)), run)));
});

test("keeps line ends of every kind within a text", () => {
  const run = trace({ lines: printed([[1, "\n \r\n \u2028 \u2029 \u0085"]]) });

  assert.equal(parseTrace(formatTrace(run)), run);
});

test("reads a file with Windows line ends", () => {
  assert.equal(parseTrace(BLINK.replaceAll("\n", "\r\n")), parseTrace(BLINK));
});

test("refuses a pin name with white space", () => {
  assert.throws(() => formatTrace(trace({ outputs: ["LED 1"] })), /pin "LED 1": .* no white space/);
});

test("says which line is wrong, and what it should be", () => {
  const wrong = (text: string, message: RegExp): void => assert.throws(() => parseTrace(text), message);

  wrong("", /trace line 1: expected "# dormouse trace 1", got ""/);
  wrong(BLINK.replace("inputs", "input"), /trace line 3: expected "inputs \.\.\."/);
  wrong(BLINK.replace("LED1=0", "LED1=2"), /trace line 4: expected "PIN=0" or "PIN=1", got "LED1=2"/);
  wrong(BLINK.replace("end 1200", "end soon"), /trace line 5/);
  wrong(BLINK.replace("500 LED1 1", "500 LED1 high"), /trace line 7: expected "TIME PIN LEVEL" or/);
  wrong(BLINK.replace('"off', '"off" "'), /trace line 9: expected a quoted text/);
});
