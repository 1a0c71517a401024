/** Whole programs in processes of their own: what they print, and when they end. */
import { spawn } from "node:child_process";
import { join } from "node:path";
import * as assert from "uvu/assert";
import { faultText } from "../../../../targets/node/run.js";
import { suite } from "../../../support/suite.js";
import { standIns, type StandIns } from "./stand-ins.js";
import { until } from "./wait.js";

const test = suite("targets/node/run");

const PROGRAM = join(DORMOUSE_ROOT, "tests/unit/targets/node/programs/program.ts");
const NOTE = "note: no gpiochip found: pins live in memory\n";

interface Program {
  readonly pid: number;
  /** What it wrote so far. */
  out(): string;
  err(): string;
  /** Its exit code or the signal it died of. */
  readonly end: Promise<number | string>;
}

function program(...args: string[]): Program {
  const child = spawn(process.execPath, [join(DORMOUSE_ROOT, "scripts/run.mjs"), PROGRAM, ...args]);
  let out = "";
  let err = "";
  child.stdout.on("data", (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (err += chunk.toString()));
  const end = new Promise<number | string>((resolve) => {
    child.on("close", (code, signal) => {
      resolve(signal ?? code ?? 0);
    });
  });
  return { pid: child.pid ?? 0, out: () => out, err: () => err, end };
}

async function withTools(body: (tools: StandIns) => Promise<void>): Promise<void> {
  const tools = standIns("v2");
  try {
    await body(tools);
  } finally {
    tools.remove();
  }
}

test("ends by itself when its tasks have ended", async () => {
  const blink = program("blink");

  assert.is(await blink.end, 0);
  assert.is(blink.out(), "blinked 3\n");
  assert.is(blink.err(), NOTE);
});

test("ends with code 1, and says why, when nobody feeds the watchdog that it started", async () => {
  const hang = program("hang");

  assert.is(await hang.end, 1);
  assert.is(hang.out(), "waiting\n");
  assert.match(hang.err(), /E306 "watchdog": was not fed for 40 ms/);
});

test("reports a task that throws with the author's line while others run on", async () => {
  const fault = program("fault");

  assert.is(await fault.end, 0);
  assert.is(fault.out(), "blinked 3\n");
  assert.match(
    fault.err(),
    /^task "broken" ended by an error: RangeError: too many\n {4}at broken .*program\.ts:\d+:\d+\)$/m,
  );
});

test("throws what main throws, and ends", async () => {
  const wrong = program("wrong");

  assert.is(await wrong.end, 0);
  assert.is(wrong.out(), 'threw E301 "LED9"\n');
});

test("ends when a task waits for an edge that only it could make", async () => {
  const press = program("press");

  assert.is(await press.end, 0);
  assert.is(press.out(), "waiting\n");
});

test("lives while a task waits for an edge of a real line, and ends with that task", () =>
  withTools(async (tools) => {
    const press = program("press", tools.chip);
    await until("the wait", () => press.out() === "waiting\n" && tools.holder(22) !== null);

    await new Promise((resolve) => setTimeout(resolve, 200));
    assert.is(press.out(), "waiting\n");
    tools.edge(22, 0);

    assert.is(await press.end, 0);
    assert.is(press.out(), "waiting\npressed\n");
    await until("the release", () => tools.holder(22) === null);
  }));

test("ends when the task that waited for an edge is cancelled", () =>
  withTools(async (tools) => {
    const cancelled = program("cancel", tools.chip);

    assert.is(await cancelled.end, 0);
    await until("the release", () => tools.holder(22) === null);
  }));

for (const signal of ["SIGINT", "SIGTERM", "SIGKILL"] as const) {
  test(`releases its lines when it dies of ${signal}`, () =>
    withTools(async (tools) => {
      const held = program("hold", tools.chip);
      await until("both lines", () => tools.holder(17) !== null && tools.holder(22) !== null);

      process.kill(held.pid, signal);

      assert.is(await held.end, signal);
      await until("the release", () => tools.holder(17) === null && tools.holder(22) === null);
    }));
}

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  test(`releases its lines when it dies of ${signal} where there is no setpriv`, () =>
    withTools(async (tools) => {
      tools.withoutSetpriv();
      const held = program("hold", tools.chip);
      await until("both lines", () => tools.holder(17) !== null && tools.holder(22) !== null);

      process.kill(held.pid, signal);

      assert.is(await held.end, signal);
      await until("the release", () => tools.holder(17) === null && tools.holder(22) === null);
    }));
}

test("words a fault that is no Error", () => {
  assert.is(faultText("blink", 7), 'task "blink" ended by an error: 7');
});
