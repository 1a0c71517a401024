import * as assert from "uvu/assert";
import { runSim } from "../../../../cli/engines/run-sim.js";
import { snapshot } from "../../../../core/index.js";
import { quiet, Sim } from "../../../../targets/sim/index.js";
import { suite } from "../../../support/suite.js";

const test = suite("cli/engines/run-sim");

test("ends a program that does not give the simulator its turn", () => {
  const main = (): void => {
    for (;;);
  };

  assert.throws(
    () => runSim({ main, Sim, snapshot }, quiet, 50),
    /^E702 "simulator": still at 0 ms of \d+ after 0\.05 s\. Is there a loop without an await\?/,
  );
});

test("throws what main throws", () => {
  const main = (): void => {
    throw new RangeError("boom");
  };

  assert.throws(
    () => runSim({ main, Sim, snapshot }, quiet),
    (error: Error) => error instanceof RangeError,
  );
});
