/** Real pins, over stand-ins for the gpiod tools: see stand-ins.ts for what that does and does not show. */
import * as assert from "uvu/assert";
import { Executor, type RuntimeError } from "../../../../core/index.js";
import type { InputPin, Level } from "../../../../hal/index.js";
import { parseHeaderChip, parseVersion } from "../../../../targets/node/gpiod.js";
import { NodePlatform, createBoard, raspberry, type NodeBoard } from "../../../../targets/node/index.js";
import { suite } from "../../../support/suite.js";
import { generatorTask } from "./generator-task.js";
import { standIns, type Dialect, type StandIns } from "./stand-ins.js";
import { until } from "./wait.js";

const test = suite("targets/node/gpiod");

const DIALECTS: readonly Dialect[] = ["v1", "v2", "v2 without interactive mode"];

let seen: string[] = [];

const watch = generatorTask(function* watch(pin: InputPin) {
  for (;;) {
    yield pin.fallingEdge();
    seen.push(`fell to ${pin.read()}`);
    yield pin.risingEdge();
    seen.push(`rose to ${pin.read()}`);
  }
});

interface Setup {
  readonly tools: StandIns;
  readonly board: NodeBoard<typeof raspberry.pins>;
  readonly executor: Executor;
  readonly notes: string[];
  readonly errors: RuntimeError[];
}

async function on(dialect: Dialect, body: (setup: Setup) => void | Promise<void>): Promise<void> {
  seen = [];
  const tools = standIns(dialect);
  const notes: string[] = [];
  const errors: RuntimeError[] = [];
  const board = createBoard(raspberry, {
    chip: tools.chip,
    note: (line) => void notes.push(line),
    onError: (error) => void errors.push(error),
  });
  const platform = new NodePlatform();
  const executor = new Executor(platform);
  platform.attach(executor);
  try {
    await body({ tools, board, executor, notes, errors });
  } finally {
    board.close();
    platform.stop();
    tools.remove();
  }
}

/** What the gpioset stand-in did to line 17, oldest first. */
function levels(tools: StandIns): Level[] {
  const calls = tools.calls().filter((call) => /gpioset .*17=/.test(call));
  return calls.map((call) => Number(call.at(-1)) as Level);
}

for (const dialect of DIALECTS) {
  test(`wakes a task at each edge that gpiomon reports (${dialect})`, () =>
    on(dialect, async (setup) => {
      const { tools, board, executor, errors } = setup;
      tools.set(22, 1);
      const button = board.input("BTN1", { pull: "up" });
      assert.is(button.read(), 1);
      executor.enter(() => executor.spawn(watch, [button]));
      executor.run();
      await until("gpiomon", () => tools.holder(22) !== null);

      for (const level of [0, 1, 0] as const) {
        const before = seen.length;
        tools.edge(22, level);
        await until("an edge", () => seen.length > before);
      }

      assert.equal(seen, ["fell to 0", "rose to 1", "fell to 0"]);
      assert.is(button.read(), 0);
      assert.equal(errors, []);
    }));

  test(`gives tasks a turn between edges that arrive together (${dialect})`, () =>
    on(dialect, async ({ tools, board, executor }) => {
      tools.set(22, 1);
      executor.enter(() => executor.spawn(watch, [board.input("BTN1")]));
      executor.run();

      for (const level of [0, 1, 0, 1] as const) tools.edge(22, level);
      await until("all edges", () => seen.length === 4);

      assert.equal(seen, ["fell to 0", "rose to 1", "fell to 0", "rose to 1"]);
    }));

  test(`drives a line, changes it, and releases it at close (${dialect})`, () =>
    on(dialect, async (setup) => {
      const { tools, board, errors } = setup;
      const led = board.output("LED1", { initial: 1 });
      await until("the first level", () => levels(tools).length === 1);
      await until("its holder", () => tools.holder(17) !== null);

      for (const count of [2, 3]) {
        led.toggle();
        await until("a change", () => levels(tools).length === count);
      }
      await until("a holder", () => tools.holder(17) !== null);
      board.close();

      await until("the release", () => tools.holder(17) === null);
      assert.equal(levels(tools), [1, 0, 1]);
      assert.equal(errors, []);
    }));

  test(`reports a chip that may not be opened once, for all pins (${dialect})`, () =>
    on(dialect, async (setup) => {
      const { tools, board, errors } = setup;
      tools.fail("Permission denied");

      board.output("LED1");
      await until("an error", () => errors.length > 0);
      const button = board.input("BTN1", { pull: "up" });

      const advice = "Add your user to its group (sudo usermod -aG gpio $USER) and log in again";
      assert.equal(errors.map(String), [`Error: E311 "${tools.chip}": permission denied. ${advice}`]);
      assert.is(button.read(), 1);
    }));

  test(`reports a line that another program holds (${dialect})`, () =>
    on(dialect, async (setup) => {
      const { tools, board, errors } = setup;
      const other = createBoard(raspberry, { chip: tools.chip });
      other.output("LED1");
      await until("the other program", () => tools.holder(17) !== null);

      const led = board.output("LED1");
      await until("an error", () => errors.length > 0);
      led.toggle();
      other.close();

      assert.is(led.read(), 1);
      const expected = `E312 "LED1": line 17 of ${tools.chip} is in use by another program. `;
      const advice = "See by whom with gpioinfo; end that program or use another pin";
      assert.equal(errors.map(String), [`Error: ${expected}${advice}`]);
    }));

  test(`reports a gpiomon that is ended by someone else (${dialect})`, () =>
    on(dialect, async (setup) => {
      const { tools, board, errors } = setup;
      board.input("BTN1");
      await until("gpiomon", () => tools.holder(22) !== null);

      process.kill(tools.holder(22) ?? 0, "SIGTERM");
      await until("an error", () => errors.length > 0);

      assert.is(errors[0]?.code, "E310");
      assert.match(String(errors[0]), 'E310 "BTN1": gpiomon ended. The pin lives in memory from here on');
    }));
}

test("shows every change in order with an interactive gpioset", () =>
  on("v2", async ({ tools, board, notes }) => {
    const led = board.output("LED1");
    for (let i = 0; i < 9; i++) led.toggle();
    await until("all changes", () => levels(tools).length === 10);

    assert.equal(levels(tools), [0, 1, 0, 1, 0, 1, 0, 1, 0, 1]);
    assert.is(tools.calls().filter((call) => !call.includes(">")).length, 1);
    assert.equal(notes, []);
  }));

for (const dialect of ["v1", "v2 without interactive mode"] as const) {
  test(`ends at the last of changes that come too fast, and says so once (${dialect})`, () =>
    on(dialect, async (setup) => {
      const { tools, board, notes, errors } = setup;
      const led = board.output("LED1");
      await until("the first level", () => levels(tools).length === 1);

      for (let i = 0; i < 9; i++) led.toggle();
      await until("the last level", () => levels(tools).at(-1) === 1 && tools.holder(17) !== null);

      assert.ok(levels(tools).length <= 3);
      assert.is(notes.length, 1);
      assert.match(notes[0] ?? "", /^note: gpioset \d\S+ shows only the last of changes .* \(pin LED1\)$/);
      assert.equal(errors, []);
    }));
}

test("finds the chip of a Pi's header by its label", () => {
  const pi5 = "gpiochip0 [gpio-brcmstb@107d508500] (32 lines)\ngpiochip4 [pinctrl-rp1] (54 lines)\n";

  assert.is(parseHeaderChip(pi5), "/dev/gpiochip4");
  assert.is(parseHeaderChip("gpiochip0 [pinctrl-bcm2711] (58 lines)\n"), "/dev/gpiochip0");
  assert.is(parseHeaderChip(""), "/dev/gpiochip0");
});

test("takes no levels from outside for real lines", () =>
  on("v2", ({ board }) => {
    assert.throws(() => {
      board.drive("BTN1", 1);
    }, /^E313 "BTN1": is a real line/);
  }));

test("reads the version in both of its forms", () => {
  assert.is(parseVersion("gpiodetect (libgpiod) v1.6.3\nCopyright (C) 2017-2018\n"), "1.6.3");
  assert.is(parseVersion("gpiodetect v2.3 (libgpiod v2.3)\n"), "2.3");
  assert.is(parseVersion("gpiodetect (libgpiod) v2.2.1\n"), "2.2.1");
  assert.is(parseVersion("command not found"), null);
});
