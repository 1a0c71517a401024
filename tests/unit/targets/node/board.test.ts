/** Pins in memory, which are all that a machine without a gpiochip has. */
import * as assert from "uvu/assert";
import { Executor, type RuntimeError } from "../../../../core/index.js";
import type { AnalogPin, InputPin } from "../../../../hal/index.js";
import { NodePlatform, createBoard, raspberry, type NodeBoard } from "../../../../targets/node/index.js";
import { suite } from "../../../support/suite.js";
import { generatorTask } from "./generator-task.js";

const test = suite("targets/node/board");

let seen: string[] = [];

const watch = generatorTask(function* watch(pin: InputPin) {
  for (;;) {
    yield pin.fallingEdge();
    seen.push(`fell to ${pin.read()}`);
    yield pin.risingEdge();
    seen.push(`rose to ${pin.read()}`);
  }
});

const measure = generatorTask(function* measure(pin: AnalogPin) {
  seen.push(`read ${String(yield pin.read())}`);
});

function inMemory(notes: string[] = []): NodeBoard<typeof raspberry.pins> {
  seen = [];
  return createBoard(raspberry, { pins: "memory", note: (line) => void notes.push(line) });
}

function codeOf(body: () => unknown): string {
  try {
    body();
  } catch (error) {
    return (error as RuntimeError).code;
  }
  return "none";
}

test("says once that pins live in memory when there is no gpiochip", () => {
  const notes: string[] = [];

  const board = createBoard(raspberry, { chip: "/nowhere/gpiochip0", note: (line) => void notes.push(line) });
  board.output("LED1");
  board.input("BTN1");

  assert.equal(notes, ["note: no gpiochip found: pins live in memory"]);
  assert.is(board.backing, "memory");
});

test("wakes a task at an edge that is driven from outside", () => {
  const board = inMemory();
  const executor = new Executor(new NodePlatform());
  executor.enter(() => executor.spawn(watch, [board.input("BTN1", { pull: "up" })]));
  executor.turn();

  for (const level of [0, 0, 1, 0] as const) {
    board.drive("BTN1", level);
    executor.turn();
  }

  assert.equal(seen, ["fell to 0", "rose to 1", "fell to 0"]);
});

test("reads the pull of an input that nobody drives, and what was driven before it was opened", () => {
  const board = inMemory();
  board.drive("GPIO16", 1);

  assert.is(board.input("BTN1", { pull: "up" }).read(), 1);
  assert.is(board.input("BTN2").read(), 0);
  assert.is(board.input("GPIO16", { pull: "down" }).read(), 1);
});

test("reports the levels of outputs and no write that changes nothing", () => {
  const levels: string[] = [];
  const board = createBoard(raspberry, {
    pins: "memory",
    onOutput: (pin, level) => void levels.push(`${pin}=${level}`),
  });

  const led = board.output("LED1", { initial: 1 });
  led.write(1);
  led.toggle();
  led.write(0);

  assert.equal(levels, ["LED1=1", "LED1=0"]);
  assert.is(led.read(), 0);
});

test("reads analog pins as 0 or as set, and says once that a Pi has none", () => {
  const notes: string[] = [];
  const board = inMemory(notes);
  const executor = new Executor(new NodePlatform());

  for (const [pin, reading] of [
    ["A0", 0],
    ["A1", 1234],
  ] as const) {
    if (reading > 0) board.setReading(pin, reading);
    executor.enter(() => executor.spawn(measure, [board.analog(pin)]));
    executor.turn();
  }

  assert.equal(seen, ["read 0", "read 1234"]);
  assert.equal(notes, [
    "note: raspberry has no analog input: its analog pins read 0, or what setReading() says",
  ]);
});

test("refuses wrong pins by code", () => {
  const board = inMemory();
  board.output("LED1");

  assert.is(
    codeOf(() => board.output("LED9" as "LED1")),
    "E301",
  );
  assert.is(
    codeOf(() => {
      board.drive("LED9", 1);
    }),
    "E301",
  );
  assert.is(
    codeOf(() => board.input("LED2" as "BTN1")),
    "E302",
  );
  assert.is(
    codeOf(() => board.output("LED1")),
    "E303",
  );
});

test("refuses a line that is in use under its other name", () => {
  const board = inMemory();
  board.output("LED1");

  assert.throws(() => board.output("GPIO17"), 'E303 "GPIO17": is line 17, which is in use already as "LED1"');
});

test("offers the lines 2 to 27 and the portable names", () => {
  const lines = Object.values(raspberry.pins).map((pin) => pin.line);

  for (let line = 2; line <= 27; line++) assert.ok(lines.includes(line as 2), String(line));
  for (const name of ["LED1", "LED2", "BTN1", "BTN2", "D2", "D3", "D4", "D5", "A0", "A1"]) {
    assert.ok(name in raspberry.pins, name);
  }
});
