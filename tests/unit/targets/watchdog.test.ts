/** Watchdogs of boards: the simulated one, whose bite stands in the trace, and what other targets make of it. */
import * as assert from "uvu/assert";
import { buildEspruino, buildXs } from "../../../cli/build/device.js";
import type { Ticks } from "../../../core/index.js";
import type { Board } from "../../../hal/index.js";
import { pixl } from "../../../targets/espruino/index.js";
import { esp32 } from "../../../targets/moddable/index.js";
import { compileProgram, writeProgram } from "../../support/program.js";
import { suite } from "../../support/suite.js";

const test = suite("targets/watchdog");

/** Its sensor hangs when the channel is empty; the guard goes on. */
const SOURCE = `
import { Watchdog } from "dormouse";

const readings = new Channel<number>(8);

const sensor = task(async function sensor() {
  for await (const reading of readings) await sleep(ms(10 * reading));
}, { deadline: ms(50) });

const guard = task(async function guard(board: Board) {
  board.watchdog.start(ms(100));
  const dog = new Watchdog(() => board.watchdog.feed(), (name) => board.console.write(name + " is late"));
  for (;;) {
    dog.check();
    await sleep(ms(20));
  }
});

export default function main(board: Board): void {
  for (let i = 1; i < 5; i++) readings.trySend(i);
  spawn(sensor);
  spawn(guard, board);
}
`;

interface Program {
  readonly default: (board: Board) => void;
}

test("a task that misses its deadline ends the feeding, and the simulated board is reset", async () => {
  const { program, sim } = await (await compileProgram<Program>(SOURCE))();

  const run = new sim.Sim().start(program.default).advance(500 as Ticks);

  // 10 + 20 + 30 + 40 ms of readings; its last turn is noticed at 100 ms, and fed last at 140 ms.
  assert.equal(run.trace.lines, [
    { at: 160, text: "sensor is late" },
    { at: 240, text: "reset by the watchdog, which was not fed for 100 ms" },
  ]);
  assert.ok(run.isReset);
  assert.is(run.now, 500);
});

test("a board that is fed in time is not reset, though it is at the last moment", async () => {
  const { program, sim } = await (await compileProgram<Program>(SOURCE))();

  const run = new sim.Sim().start(program.default).advance(239 as Ticks);

  assert.not.ok(run.isReset);
});

test("on Espruino the chip's is started and kicked; on Moddable there is none", async () => {
  const entry = await writeProgram(SOURCE);

  const { code } = await buildEspruino({ entry, board: pixl, minify: true });
  assert.match(code, /E\.enableWatchdog\(/);
  assert.match(code, /E\.kickWatchdog\(\)/);

  assert.match((await buildXs({ entry, board: esp32, minify: true })).code, /E305/);
});
