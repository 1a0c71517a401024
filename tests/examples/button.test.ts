/** Unit tests of firmware, in virtual time: README.md prints this file. */
import { join } from "node:path";
import { ms } from "dormouse";
import * as assert from "uvu/assert";
import { buildSim, importSim, type SimModule } from "../../cli/build/sim.js";
import { suite } from "../support/suite.js";

const test = suite("examples/button");

let firmware: SimModule;
test.before(async () => {
  const compiled = await buildSim(join(DORMOUSE_ROOT, "examples/button/main.ts"), false);
  firmware = await importSim(compiled, "button");
});

test("counts one press for a contact that bounces", () => {
  const sim = new firmware.Sim({ seed: 7 }).start(firmware.main);

  sim.bounce("BTN1", 0, 100, 10).bounce("BTN1", 1, 300, 10).advance(ms(1000));

  assert.equal(sim.trace.lines, [{ at: 120, text: "press 1" }]);
});

test("ignores a spike that is over before the level is read", () => {
  const sim = new firmware.Sim().start(firmware.main);

  sim.drive("BTN1", 0, 100).drive("BTN1", 1, 105).advance(ms(1000));

  assert.equal(sim.trace.lines, []);
  assert.equal(sim.faults, []);
});

test("flashes the light for 100 ms at a press", () => {
  const sim = new firmware.Sim().start(firmware.main);

  sim.drive("BTN1", 0, 100).advance(ms(1000));

  const light = sim.trace.pins.filter((event) => event.pin === "LED1");
  assert.equal(
    light.map(({ at, level }) => [at, level]),
    [
      [120, 1],
      [220, 0],
    ],
  );
});
