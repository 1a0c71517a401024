import * as assert from "uvu/assert";
import { FlashError } from "../../../../cli/flash/errors.js";
import { flash, type Code, type FlashOptions, type FlashResult } from "../../../../cli/flash/flash.js";
import { GUARD } from "../../../../cli/flash/pieces.js";
import { openPort } from "../../../../cli/flash/port.js";
import { suite } from "../../../support/suite.js";
import { FakeBoard, type Faults } from "./fake-board.js";

const test = suite("cli/flash");

const OLD = 'print("old program")';
const SHORT = 'print("short")';
const LONG = `var words=[];\n${"words.push(\"\\u20ac \\\\ 'quoted' €\\x00*/\");\n".repeat(550)}print(words.length)`;
/** For what never answers, however long one waits. */
const IMPATIENT: FlashOptions = { answerMs: 200 };
const QUICK: FlashOptions = { answerMs: 600, compactMs: 800, listenMs: 60, quietMs: 30 };

/** A board with an old program, and what came of flashing `code` to it. */
async function upload(
  code: Code,
  faults: Faults = {},
  options: FlashOptions = {},
): Promise<{ board: FakeBoard; result: FlashResult | undefined; error: FlashError | undefined }> {
  const board = await new FakeBoard(faults).start();
  const file = Buffer.from(GUARD + OLD);
  board.storage.files.set(".bootcde", { bytes: new Uint8Array(file) });
  const port = await openPort(board.port);
  try {
    return { board, result: await flash(port, code, { ...QUICK, ...options }), error: undefined };
  } catch (error) {
    if (!(error instanceof FlashError)) throw error;
    return { board, result: undefined, error };
  } finally {
    port.close();
    board.close();
  }
}

function failure(error: FlashError | undefined): string {
  return error?.message.replace(/tcp:\/\/[\d.:]+/, "PORT") ?? "no error";
}

const utf8 = (code: string): string => Buffer.from(code).toString("latin1");

test("stores a program under 512 bytes and reports what it prints", async () => {
  const { board, result } = await upload(SHORT);

  assert.is(board.boots(), SHORT);
  assert.equal(result?.output, ["short"]);
  assert.is(result?.length, SHORT.length + GUARD.length);
  assert.not.ok(board.storage.files.has("dm.new"));
});

test("stores tens of kB with quotes, newlines and characters of several bytes, and tells progress", async () => {
  const progress: number[] = [];
  const { board, result } = await upload(LONG, {}, { onProgress: (done) => progress.push(done) });

  assert.ok(LONG.length > 20_000);
  assert.is(board.boots(), utf8(LONG));
  assert.is(progress.at(-1), result?.length);
  assert.equal(
    progress,
    [...progress].sort((a, b) => a - b),
  );
});

test("stores programs of every length around a word", async () => {
  const codes = Array.from({ length: 26 }, (_, length) => ";".repeat(length + 1));
  const uploads = await Promise.all(codes.map((code) => upload(code)));

  assert.equal(
    uploads.map(({ board }) => board.boots()),
    codes,
  );
});

test("understands answers cut anywhere, with flow control between all bytes", async () => {
  for (const chunk of [1, 2, 7]) assert.is((await upload(SHORT, { chunk })).board.boots(), SHORT);
});

test("waits for a slow board", async () => {
  const { board } = await upload(SHORT, { delayMs: 600 }, { answerMs: 5000 });

  assert.is(board.boots(), SHORT);
});

test("interrupts a board that is busy, again where Ctrl-C gets lost", async () => {
  for (const busyUntil of [1, 3]) assert.is((await upload(SHORT, { busyUntil })).board.boots(), SHORT);
});

test("interrupts a busy board that said stop", async () => {
  assert.is((await upload(SHORT, { busyUntil: 2, stopsWhileBusy: true })).board.boots(), SHORT);
});

test("stops sending while the board says so", async () => {
  const { board } = await upload(LONG.slice(-2000), { stopEvery: 300 });

  assert.is(board.boots(), utf8(LONG.slice(-2000)));
  // One piece of 64 bytes may be on its way each time the board says stop.
  assert.ok(board.bytesWhileStopped < 64 * 30, `${board.bytesWhileStopped} bytes`);
});

test("never has more under way than the board's input buffer takes", async () => {
  const code = LONG.slice(-5000);

  for (const rx of [512, 1024]) assert.ok((await upload(code, { rx })).board.longestBurst <= rx, `${rx}`);
});

test("says that nothing was changed when nothing answers", async () => {
  const { error } = await upload(SHORT, { isDead: true }, IMPATIENT);

  assert.match(
    failure(error),
    /^E602 board "PORT": no answer within \d+ ms\. Is it the right port\? Nothing was changed on the board\.$/,
  );
  assert.is(error?.boardRuns, "old");
});

test("refuses what answers but is not Espruino, and says what it said first", async () => {
  const parrot = await upload(SHORT, { parrot: "SyntaxError: invalid syntax" }, IMPATIENT);
  const web = await upload(SHORT, { greeting: "HTTP/1.1 400 Bad Request\r\n\r\n", closesAtOnce: true });
  const noise = await upload(SHORT, { greeting: "\xfe\x80ready? " }, IMPATIENT);

  assert.match(failure(parrot.error), /^E603 .*: what answers is not Espruino: it says "\x10?try\{print/);
  assert.match(failure(web.error), 'it says "HTTP/1.1 400 Bad Request". Is it the right port? Nothing was');
  assert.match(failure(noise.error), /it says "\?+ready\? "/);
});

test("says so when the port closes at once", async () => {
  const { error } = await upload(SHORT, { closesAtOnce: true });

  assert.is(
    failure(error),
    'E607 board "PORT": the port closed without an answer (the other side closed it). Is it the right port? ' +
      "Nothing was changed on the board.",
  );
});

test("refuses a board without Storage", async () => {
  const { board, error } = await upload(SHORT, { hasNoStorage: true });

  assert.is(error?.code, "E604");
  assert.is(board.resets, 0);
});

test("refuses a program that does not fit, with both numbers, and leaves the old one", async () => {
  const { board, error } = await upload(LONG, { capacity: 4096 });

  assert.match(
    failure(error),
    /^E605 board "PORT": storage full: 2\d{4} bytes needed, 40\d\d free\. Nothing was/,
  );
  assert.is(board.boots(), OLD);
  assert.is(board.resets, 0);
});

test("writes directly when there is room for one program only", async () => {
  const { board } = await upload(SHORT, { capacity: 110 });

  assert.is(board.boots(), SHORT);
});

test("clears deleted files away first when they take the room", async () => {
  const first = new FakeBoard({ capacity: 300 });
  first.storage.write("junk", "x".repeat(120));
  first.storage.erase("junk");
  await first.start();
  const port = await openPort(first.port);
  const lines: string[] = [];

  await flash(port, SHORT, { ...QUICK, log: (line) => lines.push(line) });
  await flash(await openPort(first.port), `${SHORT};print("again and again")`, {
    ...QUICK,
    log: (line) => lines.push(line),
  });
  port.close();
  first.close();

  assert.ok(lines.includes("clearing deleted files away"), lines.join());
});

test("restarts the old program when the board refuses a write", async () => {
  const { board, error } = await upload(SHORT, { refuseWrite: 2 });

  assert.is(
    failure(error),
    'E606 board "PORT": refused at byte 8 of 22: "Error: Flash is write protected". ' +
      "The old program is untouched and runs again.",
  );
  assert.is(board.boots(), OLD);
  assert.is(board.loads, 1);
});

test("reports in the board's words what no catch on the board sees", async () => {
  const { board, error } = await upload(SHORT, { interruptAt: ".write(" });

  assert.match(failure(error), 'E606 board "PORT": refused at byte 0 of 22: "Execution Interrupted');
  assert.is(board.boots(), OLD);
});

test("finds a byte that changed on its way and leaves the old program", async () => {
  const { board, error } = await upload(SHORT, { corruptWrite: 3 });

  assert.match(
    failure(error),
    /^E609 .*read back 22 bytes with CRC \w{8}, sent 22 bytes with CRC \w{8}\. The old/,
  );
  assert.is(board.boots(), OLD);
});

test("erases a copy that differs, so that the board does not run it", async () => {
  const { board, error } = await upload(SHORT, { corruptWrite: 5 });

  assert.is(error?.code, "E609");
  assert.is(error?.boardRuns, "none");
  assert.not.ok(board.storage.files.has(".bootcde"));
});

test("says that the old program is untouched when the port closes while uploading", async () => {
  const { board, error } = await upload(LONG, { closeAt: ['dmWrite("', 5] });

  assert.match(
    failure(error),
    /^E607 board "PORT": the port closed at byte \d+ of \d+ \(.*\)\. The old program/,
  );
  assert.is(error?.boardRuns, "old");
  assert.is(board.boots(), OLD);
});

test("says what is known when the board falls silent while it copies", async () => {
  const { error } = await upload(SHORT, { silentAt: ['dm.new",".bootcde', 1] });

  assert.match(
    failure(error),
    /^E608 board "PORT": no answer within \d+ ms .* new program or none, never half/,
  );
  assert.is(error?.boardRuns, "unknown");
});

test("reports the error a program fails with at its start", async () => {
  const { result } = await upload('print("up");foo()');

  assert.equal(result?.output, ["up"]);
  assert.is(result?.uncaught, "ReferenceError: foo is not defined");
});

test("tells a program that prints nothing from a board that does not answer after its restart", async () => {
  assert.is((await upload("1")).result?.isSilent, false);
  assert.is((await upload(SHORT, { silentAt: ["load()", 1] })).result?.isSilent, true);
});

test("leaves the old program as it was when the upload is interrupted", async () => {
  const controller = new AbortController();
  const { board, error } = await upload(
    LONG,
    {},
    { signal: controller.signal, onProgress: () => controller.abort() },
  );

  assert.match(
    failure(error),
    /^E612 board "PORT": interrupted at byte 8 of 2\d{4}\. The old program is untouched/,
  );
  assert.is(board.boots(), OLD);
  assert.is(board.loads, 1);
  assert.not.ok(board.storage.files.has("dm.new"));
});

test("builds nothing for a board when it was interrupted before", async () => {
  const signal = AbortSignal.abort();
  let builds = 0;
  const code = async (): Promise<string> => `${++builds}`;
  const { error } = await upload(code, {}, { signal });

  assert.is(
    failure(error),
    'E612 board "PORT": interrupted before the first byte. Nothing was changed on the board.',
  );
  assert.is(builds, 0);
});

for (const [way, capacity] of [
  ["staged", 100_000],
  ["direct", 700],
] as const)
  test(`never leaves a half program, wherever the power fails in a ${way} upload`, async () => {
    const code = LONG.slice(-500);
    const { board: whole } = await upload(code, { capacity });
    assert.is(whole.boots(), utf8(code));

    const cuts = Array.from({ length: whole.storage.writes }, (_, cut) => cut + 1);
    const after = await Promise.all(cuts.map((cut) => uploadCutAt(code, cut, capacity)));

    assert.ok(cuts.length > 4);
    for (const { error } of after) assert.is(error?.code, "E607");
    for (const { board } of after) assert.ok([undefined, OLD].includes(board.boots()), board.boots());
  });

async function uploadCutAt(code: string, cut: number, capacity: number): ReturnType<typeof upload> {
  const power = { board: undefined as FakeBoard | undefined };
  const beforeWrite = (count: number): void => {
    if (count === cut) power.board?.cut();
    if (count >= cut) throw new Error("no power");
  };
  const board = await new FakeBoard({ capacity, beforeWrite }).start();
  power.board = board;
  board.storage.files.set(".bootcde", { bytes: new Uint8Array(Buffer.from(GUARD + OLD)) });
  const port = await openPort(board.port);
  const error = await flash(port, code, QUICK).then(
    () => undefined,
    (reason: unknown) => reason as FlashError,
  );
  board.close();
  return { board, result: undefined, error };
}
