/** A program for run.test.ts, which reads what it prints and when it ends: `program.ts SCENARIO`. */
import { cancel, ms, sleep, spawn, type TaskId } from "../../../../../core/index.js";
import type { InputPin, OutputPin, PortablePins } from "../../../../../hal/index.js";
import { run, type NodeBoard } from "../../../../../targets/node/index.js";
import { generatorTask } from "../generator-task.js";

const blink = generatorTask(function* blink(led: OutputPin, times: number) {
  for (let i = 0; i < times; i++) {
    led.toggle();
    yield sleep(ms(5));
  }
  process.stdout.write(`blinked ${times}\n`);
});

// Named apart from its constant: a bundler may rename the inner of two equal names.
const failing = generatorTask(function* broken(count: number) {
  yield sleep(ms(1));
  if (count > 0) throw new RangeError("too many");
});

const press = generatorTask(function* press(button: InputPin, presses: number) {
  process.stdout.write("waiting\n");
  for (let i = 0; i < presses; i++) yield button.fallingEdge();
  process.stdout.write("pressed\n");
});

const stopper = generatorTask(function* stopper(id: TaskId) {
  yield sleep(ms(5));
  cancel(id);
});

type Board = NodeBoard<PortablePins>;

const SCENARIOS: Record<string, (board: Board) => void> = {
  blink: (board) => {
    spawn(blink, board.output("LED1"), 3);
  },
  fault: (board) => {
    spawn(failing, 1);
    spawn(blink, board.output("LED1"), 3);
  },
  press: (board) => {
    spawn(press, board.input("BTN1", { pull: "up" }), 1);
  },
  hold: (board) => {
    board.output("LED1", { initial: 1 });
    spawn(press, board.input("BTN1", { pull: "up" }), 1000);
  },
  cancel: (board) => {
    spawn(stopper, spawn(press, board.input("BTN1", { pull: "up" }), 1));
  },
  hang: (board) => {
    board.watchdog.start(ms(40));
    board.watchdog.feed();
    spawn(press, board.input("BTN1", { pull: "up" }), 1);
    spawn(blink, board.output("LED1"), 1000);
  },
  wrong: (board) => {
    board.output("LED9" as "LED1");
  },
};

const [, , scenario = "", chip = "/nowhere/gpiochip0"] = process.argv;
try {
  run((board) => SCENARIOS[scenario]?.(board), { chip });
} catch (error) {
  process.stdout.write(`threw ${(error as Error).message.slice(0, 11)}\n`);
}
