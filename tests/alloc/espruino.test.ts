// @timeout 600
/** Whether steps of compiled tasks leave anything behind on the real Espruino. Its timers are real, and take time. */
import * as assert from "uvu/assert";
import { buildEspruino } from "../../cli/build/device.js";
import { runEspruino } from "../../cli/engines/espruino.js";
import { findEspruino } from "../../cli/engines/find.js";
import { pixl } from "../../targets/espruino/index.js";
import { suite } from "../support/suite.js";
import { PROGRAMS, WASTE } from "./programs.js";

const test = suite("alloc: Espruino");

const ROUNDS = 4;
/** Rounds that are there to warm up: a larger number may need another variable to hold it. */
const WARM_UP = 2;
/** By name; of the others some wait for five milliseconds in each. */
const STEPS: Readonly<Record<string, number>> = { "a task switch": 10_000 };
const OTHER_STEPS = 100;

/** Says after each round what is in use, once the engine is at rest. */
const driver = (name: string, steps: number): string => `
var left$ = ${ROUNDS}, kept$ = [];
var round = {
  name: ${JSON.stringify(name)},
  steps: ${steps},
  end: function (again) {
    setTimeout(function () {
      print("usage " + process.memory().usage);
      if (--left$) again();
      else print("end");
    }, 20);
  }
};
`;

const espruino = findEspruino();
if (espruino.path === undefined) test.skip("steps leave nothing behind on Espruino", espruino.missing);
else
  for (const { entry, names } of PROGRAMS) {
    let code: string;

    test.before(async () => {
      code = (await buildEspruino({ entry, board: pixl, minify: true })).code;
    });

    /** Variables in use after each round but the first. */
    const usagesOf = async (path: string, name: string): Promise<number[]> => {
      const source = driver(name, STEPS[name] ?? OTHER_STEPS) + code;
      const run = await runEspruino(path, source, { until: "end", timeoutMs: 60_000 });
      assert.equal([run.ended, run.uncaught], ["marker", []]);
      const usages = run.lines.filter((line) => line.startsWith("usage "));
      return usages.slice(WARM_UP).map((line) => Number(line.slice("usage ".length)));
    };

    for (const name of names) {
      test(`${name} leaves nothing behind`, async () => {
        const [first, ...others] = await usagesOf(espruino.path, name);
        assert.equal(others, [first]);
      });
    }

    if (WASTE.entry !== entry) continue;
    test("one more object in each step is seen", async () => {
      const [first = 0, second = 0] = await usagesOf(espruino.path, WASTE.name);
      assert.ok(second - first >= OTHER_STEPS);
    });
  }
