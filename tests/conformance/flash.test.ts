// @timeout 240
/** Flashing real Espruino behind the TCP bridge: the process is the board, killing it is pulling the plug. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import * as assert from "uvu/assert";
import { buildEspruino } from "../../cli/build/device.js";
import { placesIn } from "../../cli/build/places.js";
import { findEspruino } from "../../cli/engines/find.js";
import { startBridge, type Bridge } from "../../cli/flash/bridge.js";
import type { Port } from "../../cli/flash/contract.js";
import type { FlashError } from "../../cli/flash/errors.js";
import { flash, type FlashOptions, type FlashResult } from "../../cli/flash/flash.js";
import { GUARD, fileOf, pieces } from "../../cli/flash/pieces.js";
import { openPort } from "../../cli/flash/port.js";
import { Repl } from "../../cli/flash/repl.js";
import { pixl } from "../../targets/espruino/index.js";
import { suite } from "../support/suite.js";

const test = suite("conformance/flash");
const { path: espruino, missing } = findEspruino();
/** Patient with what does not come, quick with what came. */
const QUICK = { answerMs: 6000, listenMs: 20_000, quietMs: 300 };
/** For a program that prints without end. */
const BRIEF = { ...QUICK, listenMs: 300 };
const PATIENCE_MS = 20_000;

const SHORT = 'print("short","is up")';
const LONG =
  `var words=[];\n${'words.push("a \\"quoted\\" \\\\ € */");\n'.repeat(580)}` +
  'print("long",words.length,words[579])';

interface Board {
  bridge: Bridge;
  restart(): Promise<Bridge>;
}

/** Runs `body` on a board of its own: a folder that outlives the process. */
async function onBoard(body: (board: Board) => Promise<void>): Promise<void> {
  const cwd = mkdtempSync(join(tmpdir(), "dormouse-flash-"));
  const board: Board = {
    bridge: await startBridge(espruino ?? "", cwd),
    async restart() {
      await board.bridge.close();
      return (board.bridge = await startBridge(espruino ?? "", cwd));
    },
  };
  try {
    await body(board);
  } finally {
    await board.bridge.close();
    rmSync(cwd, { recursive: true });
  }
}

async function flashTo(bridge: Bridge, code: string, options: FlashOptions = QUICK): Promise<FlashResult> {
  const port = await openPort(bridge.name);
  try {
    return await flash(port, code, options);
  } finally {
    port.close();
  }
}

/** What a board printed from `start` on, once `text` is among it. */
async function heard(bridge: Bridge, text: string, start = 0): Promise<string> {
  const limit = performance.now() + PATIENCE_MS;
  while (!bridge.output().slice(start).includes(text) && performance.now() < limit) await sleep(20);
  return bridge.output().slice(start);
}

/** A port whose cable is pulled at the write that carries `text` for the nth time. */
async function portCutAt(name: string, text: string, nth: number): Promise<Port> {
  const port = await openPort(name);
  let closed: (reason: string) => void = () => undefined;
  let isOut = false;
  let left = nth;
  return {
    ...port,
    onClose: (listener) => (closed = listener),
    async write(bytes) {
      if (Buffer.from(bytes).includes(text) && --left === 0) {
        isOut = true;
        port.close();
        closed("pulled");
      }
      if (isOut) throw new Error("pulled");
      await port.write(bytes);
    },
  };
}

function onEspruino(title: string, body: () => Promise<void>): void {
  if (espruino === undefined) test.skip(title, missing);
  else test(title, body);
}

onEspruino(
  "names the author's lines of an error, in a task and at the start, as built by npm run flash",
  () =>
    onBoard(async (board) => {
      const entry = join(DORMOUSE_ROOT, "tests/unit/cli/engines/programs/faults.ts");
      const built = await buildEspruino({ entry, board: pixl, minify: true, stacks: true });
      const placeOf = placesIn(built, GUARD);

      const { output, uncaught } = await flashTo(board.bridge, built.code, { ...QUICK, placeOf });

      assert.match(
        output.join("\n"),
        /^task "reads" ended by an error: Error: Can't read .* \(at faults\.ts:9:\d+, from faults\.ts:14:\d+\)$/m,
      );
      assert.match(
        output.join("\n"),
        /^task "throws" ended by an error: RangeError: too far \(at faults\.ts:21:\d+\)$/m,
      );
      assert.match(String(uncaught), /^Error: no start \(at faults\.ts:27:\d+\)$/);
    }),
);

onEspruino("runs a program under 512 bytes after flashing, and after the power was cut", () =>
  onBoard(async (board) => {
    const { output, version } = await flashTo(board.bridge, SHORT);

    assert.equal(output, ["short is up"]);
    assert.match(version, /^\dv\d+/);
    assert.match(await heard(await board.restart(), "short is up"), "short is up");
  }),
);

onEspruino("runs a program of 20 kB after flashing, and after the power was cut", () =>
  onBoard(async (board) => {
    assert.ok(Buffer.byteLength(LONG) > 20_000);
    const { output } = await flashTo(board.bridge, LONG);

    assert.equal(output, ['long 580 a "quoted" \\ € */']);
    assert.match(await heard(await board.restart(), "long 580 a"), "long 580 a");
  }),
);

onEspruino("replaces a program that floods the console, and one that never returns", () =>
  onBoard(async ({ bridge }) => {
    await flashTo(bridge, 'setInterval(function(){print("flood flood flood flood")},5)', BRIEF);
    assert.equal((await flashTo(bridge, 'print("a");while(1);')).output, ["a"]);
    assert.equal((await flashTo(bridge, SHORT)).output, ["short is up"]);
  }),
);

onEspruino("keeps the old program when the cable is pulled mid-way, and flashes again afterwards", () =>
  onBoard(async (board) => {
    await flashTo(board.bridge, SHORT);
    const port = await portCutAt(board.bridge.name, 'dmWrite("', 9);
    const error = await flash(port, LONG, QUICK).then(
      () => undefined,
      (reason: unknown) => reason as FlashError,
    );

    assert.is(error?.code, "E607");
    assert.is(error?.boardRuns, "old");
    assert.match(await heard(await board.restart(), "short is up"), "short is up");
    assert.equal((await flashTo(board.bridge, 'print("third")')).output, ["third"]);
  }),
);

onEspruino("runs nothing of a program whose writing was cut at any piece", () =>
  onBoard(async (board) => {
    const code = 'print("part");'.repeat(60);
    const steps = [...pieces(fileOf(code), 136)];
    for (const count of [1, 2, steps.length - 1]) {
      const port = await openPort(board.bridge.name);
      const repl = new Repl(port);
      await repl.wake(5000);
      for (const { literal, offset } of steps.slice(0, count))
        await repl.ask(`require("Storage").write(".bootcde",${literal},${offset},${code.length + 8})`, 5000);
      port.close();
      const output = await heard(await board.restart(), "Got [ERASED]");

      assert.match(output, "Got [ERASED]");
      assert.not.match(output, "part");
    }
    assert.equal((await flashTo(board.bridge, SHORT)).output, ["short is up"]);
  }),
);

onEspruino("refuses what does not fit into real storage, and runs the old program on", () =>
  onBoard(async ({ bridge }) => {
    await flashTo(bridge, 'setInterval(function(){print("still here")},100)', BRIEF);
    const error = await flashTo(bridge, `"${"x".repeat(262_144)}"`).catch((reason: unknown) => reason);

    assert.match(
      (error as FlashError).message,
      /^E605 .*: storage full: 262154 bytes needed, 262\d\d\d free\. Nothing was/,
    );
    const start = bridge.output().length;
    assert.match(await heard(bridge, "still here", start), "still here");
  }),
);

onEspruino("clears deleted files away when the flash is full of them", () =>
  onBoard(async ({ bridge }) => {
    const filled = `print("n")//${"x".repeat(20_000)}`;
    const port = await openPort(bridge.name);
    const repl = new Repl(port);
    await repl.wake(5000);
    for (let round = 0; round < 12; round++)
      await repl.ask(`require("Storage").write("junk${round % 2}","x",0,20000)`, 5000);
    port.close();

    assert.equal((await flashTo(bridge, filled)).output, ["n"]);
  }),
);

onEspruino("says where a program failed, and that one is silent", () =>
  onBoard(async ({ bridge }) => {
    const failed = await flashTo(bridge, 'print("begin");(function(){throw new Error("boom")})()');
    assert.equal(failed.output, ["begin"]);
    assert.match(failed.uncaught ?? "", /^Error: boom \(at .*\(\.bootcde:1:\d+\)\)$/);

    assert.is((await flashTo(bridge, "while(1);", BRIEF)).isSilent, true);
    assert.is((await flashTo(bridge, "setInterval(function(){},100)", BRIEF)).isSilent, false);
  }),
);

onEspruino("runs the old program on when the upload is interrupted", () =>
  onBoard(async ({ bridge }) => {
    await flashTo(bridge, SHORT);
    const port = await openPort(bridge.name);
    const start = bridge.output().length;
    const controller = new AbortController();
    const options = { ...QUICK, signal: controller.signal, onProgress: () => controller.abort() };
    const error = await flash(port, LONG, options).catch((reason: unknown) => reason as FlashError);
    port.close();

    assert.match((error as FlashError).message, "The old program is untouched and runs again.");
    assert.match(await heard(bridge, "short is up", start), "short is up");
  }),
);
