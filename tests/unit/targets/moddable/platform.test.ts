/** Moddable's platform under the executor of device builds: one timer serves both `pend` and the alarm. */
import * as assert from "uvu/assert";
import { loadScenarios, type Scenarios } from "../../../support/scenarios.js";
import { suite } from "../../../support/suite.js";

const test = suite("targets/moddable/platform");

const SOURCE = `
const busy = task(async function busy(out: Console) {
  for (let i = 0; i < 100; i++) await yieldNow();
  out.write("busy is through");
});

const sleeper = task(async function sleeper(out: Console) {
  await sleep(ms(1000));
  out.write("slept");
});

const scenarios: { [name: string]: (out: Console) => void } = {
  busy(out) {
    spawn(busy, out);
    spawn(sleeper, out);
  },
};
`;

let scenarios: Scenarios;
test.before(async () => {
  scenarios = await loadScenarios(SOURCE);
});

test("runs what is ready at once while an alarm is set for later", () => {
  assert.equal(scenarios.onBoard("busy", 2000), ["0 busy is through", "1000 slept"]);
});
