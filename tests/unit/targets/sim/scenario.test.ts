import * as assert from "uvu/assert";
import { parseScenario, Sim } from "../../../../targets/sim/index.js";
import { suite } from "../../../support/suite.js";

const test = suite("targets/sim/scenario");

const refused = (entry: object): string => {
  try {
    parseScenario(JSON.stringify({ inputs: [{ pin: "BTN1", at: 0, level: 1, ...entry }] }));
  } catch (error) {
    return (error as Error).message;
  }
  return "";
};

test("refuses a name that an entry does not have, were it a slip of the pen", () => {
  assert.is(
    refused({ evry: 5 }),
    'E711 "inputs[0]": "evry" is none of pin, at, level, reading, bounce, every, until',
  );
});

test("refuses repetitions and bounces that would never end", () => {
  assert.is(refused({ every: 1 }), "");
  assert.match(refused({ every: 1e-9 }), /^E711 "inputs\[0\]": every is no number of at least 1/);
  assert.is(refused({ bounce: 10 }), "");
  assert.match(refused({ bounce: 1e9 }), /^E711 "inputs\[0\]": bounce .* at most 10000$/);
});

test("drives inputs only, and sets readings of analog pins only", () => {
  const sim = new Sim();

  assert.throws(() => sim.drive("LED1", 1).advance(0 as never), /^E302 "LED1": .*not as input/);
  assert.throws(() => sim.drive("A0", 1).advance(0 as never), /^E302 "A0": .*not as input/);
  assert.throws(() => sim.reading("BTN1", 5).advance(0 as never), /^E302 "BTN1": .*not as analog/);
  assert.throws(() => sim.drive("BTN9", 1).advance(0 as never), /^E301 "BTN9": .*no such pin/);
});
