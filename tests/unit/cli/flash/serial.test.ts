/** A serial device: the near end of a pseudo-terminal, which `script` (bsdutils) makes; a fake board at its far end. */
import { spawn, spawnSync, type ChildProcessWithoutNullStreams } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import * as assert from "uvu/assert";
import { killAtExit } from "../../../../cli/engines/child.js";
import { flash, type FlashResult } from "../../../../cli/flash/flash.js";
import { openPort } from "../../../../cli/flash/port.js";
import { suite } from "../../../support/suite.js";
import { FakeBoard, type Faults } from "./fake-board.js";

const test = suite("cli/flash/serial");

const hasPty = spawnSync("script", ["-qfec", "true", "/dev/null"], { stdio: "ignore" }).status === 0;

function onTerminal(title: string, body: () => Promise<void>): void {
  if (hasPty) test(title, body);
  else test.skip(title, "no pseudo-terminals: install script (bsdutils)");
}

interface Device {
  readonly board: FakeBoard;
  readonly path: string;
  /** Pulls the plug. */
  readonly unplug: () => void;
}

/** Lends a device with a fake board behind it. */
async function withDevice(faults: Faults, body: (device: Device) => Promise<void>): Promise<void> {
  const board = await new FakeBoard(faults).start();
  const pty = spawn("script", ["-qfec", "tty; stty raw -echo; echo; exec sleep 600", "/dev/null"]);
  killAtExit(pty);
  try {
    const path = await firstLine(pty);
    const line = connect(Number(board.port.split(":").at(-1)), "127.0.0.1").on("error", () => undefined);
    pty.stdin.on("error", () => undefined);
    pty.stdout.pipe(line).pipe(pty.stdin);
    await body({ board, path, unplug: () => pty.kill("SIGKILL") });
  } finally {
    pty.kill("SIGKILL");
    board.close();
  }
}

/** What `tty` says, once the terminal is raw. */
async function firstLine(pty: ChildProcessWithoutNullStreams): Promise<string> {
  let text = "";
  while (text.split("\n").length < 3) text += String((await once(pty.stdout, "data"))[0]);
  return text.split("\r")[0] ?? "";
}

async function flashTo(path: string, code: string): Promise<FlashResult> {
  const port = await openPort(path);
  try {
    return await flash(port, code, { answerMs: 2000, listenMs: 60, quietMs: 30 });
  } finally {
    port.close();
  }
}

async function failureOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => "no failure",
    (error: unknown) => (error as Error).message,
  );
}

onTerminal("flashes through a serial device, again and again", () =>
  withDevice({}, async ({ board, path }) => {
    for (const code of ['print("first")', `print("second")//${"-".repeat(5000)}`, "3"]) {
      await flashTo(path, code);

      assert.is(board.boots(), code);
    }
  }),
);

onTerminal("keeps a second one out while the device is open", () =>
  withDevice({}, async ({ path }) => {
    const port = await openPort(path);
    const message = await failureOf(openPort(path));
    port.close();

    assert.is(message, `E601 port "${path}": another program has it open. Nothing was sent to a board.`);
  }),
);

onTerminal("says so when the device is unplugged", () =>
  withDevice({}, async ({ path, unplug }) => {
    const port = await openPort(path);
    const upload = flash(port, `//${"-".repeat(9000)}`, { onProgress: unplug });

    assert.match(
      await failureOf(upload),
      /^E607 .*: the port closed at byte \d+ of 9010 \(the device is gone\)\./,
    );
  }),
);
