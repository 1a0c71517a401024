import * as assert from "uvu/assert";
import { runSim } from "../../../../cli/engines/run-sim.js";
import { snapshot } from "../../../../core/index.js";
import { quiet, Sim } from "../../../../targets/sim/index.js";
import { suite } from "../../../support/suite.js";

const test = suite("cli/engines/run-sim");

function errorOf(main: () => void, limitMs?: number): Promise<unknown> {
  return runSim({ main, Sim, snapshot }, quiet, limitMs).then(
    () => undefined,
    (error: unknown) => error,
  );
}

test("ends a program that does not give the simulator its turn", async () => {
  const main = (): void => {
    for (;;);
  };

  const error = await errorOf(main, 50);

  const text = /^E702 "simulator": still at 0 ms of \d+ after 0\.05 s\. Is there a loop without an await\?/;
  assert.match((error as Error).message, text);
});

test("tells of a promise that is rejected, and nobody handles", async () => {
  const main = (): void => {
    void Promise.reject(new Error("no luck"));
  };

  const error = await runSim({ main, Sim, snapshot, usesPromises: true }, quiet).catch(
    (each: unknown) => each,
  );

  assert.match((error as Error).message, /^E614 "promise": is rejected, and nobody handles it: no luck/);
});

test("throws what main throws", async () => {
  const main = (): void => {
    throw new RangeError("boom");
  };

  assert.instance(await errorOf(main), RangeError);
});
