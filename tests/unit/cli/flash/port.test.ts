import { createServer } from "node:net";
import * as assert from "uvu/assert";
import { flashCommand } from "../../../../cli/flash/command.js";
import { openPort } from "../../../../cli/flash/port.js";
import { openSerial } from "../../../../cli/flash/serial.js";
import { suite } from "../../../support/suite.js";
import { FakeBoard } from "./fake-board.js";

const test = suite("cli/flash/port");

async function refusal(opening: Promise<unknown>): Promise<string> {
  return opening.then(
    () => "opened",
    (error: unknown) => (error as Error).message,
  );
}

/** A port of this machine where nobody listens. */
async function freePort(): Promise<string> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  return `tcp://127.0.0.1:${typeof address === "object" ? (address?.port ?? 0) : 0}`;
}

test("says what a port may be when the name is neither an address nor a path", async () => {
  for (const name of ["", "COM", "tcp://", "tcp://host", "tcp://:80", "http://host:80", "ttyACM0"])
    assert.match(
      await refusal(openPort(name)),
      `E601 port "${name}": is neither tcp://HOST:PORT nor a device`,
    );
});

test("refuses a port number that cannot be", async () => {
  for (const number of ["0", "65536"])
    assert.match(
      await refusal(openPort(`tcp://127.0.0.1:${number}`)),
      `the port number ${number} is not within`,
    );
});

test("says so when nothing listens", async () => {
  const name = await freePort();

  assert.is(
    await refusal(openPort(name)),
    `E601 port "${name}": refused: nothing listens there. Nothing was sent to a board.`,
  );
});

test("says so when a device does not exist", async () => {
  assert.match(
    await refusal(openPort("/dev/ttyNONE")),
    'E601 port "/dev/ttyNONE": does not exist. Is the board',
  );
});

test("refuses a path that is no serial device", async () => {
  assert.match(await refusal(openPort("/tmp")), 'E601 port "/tmp": is not a serial device.');
  assert.match(await refusal(openPort("/dev/null")), 'E601 port "/dev/null": is not a serial device.');
});

test("says so when stty is missing", async () => {
  const opening = openSerial("/dev/null", "/dev/null", 9600, "/no/stty");

  assert.match(
    await refusal(opening),
    'E601 port "/dev/null": the program "stty" is missing. Install coreutils.',
  );
});

/** What a person reads who flashes `code`, and the error at its end. */
async function told(code: string, port: string): Promise<{ lines: string[]; error: string }> {
  const lines: string[] = [];
  const options = { listenMs: 60, quietMs: 30 };
  const flashing = flashCommand({ code, name: "blink", port, options }, (line) => lines.push(line));
  return { error: await refusal(flashing), lines };
}

test("tells a person what happens", async () => {
  const board = await new FakeBoard().start();
  const { lines } = await told(`print("up")//${"-".repeat(9000)}`, board.port);
  board.close();

  const steps = lines.map((line) => line.replace(board.port, "PORT").replace(/ CRC \w+/, " CRC"));
  assert.is(steps[0], 'flashing "blink" to PORT');
  assert.is(steps[1], 'board "FAKE", Espruino 2v29');
  assert.match(steps[2] ?? "", /^ 4\d % {2}4\d\d\d of 9021 bytes$/);
  assert.equal(steps.slice(-3), [
    "stored and verified 9021 bytes with CRC",
    "the board restarted and prints:",
    "  up",
  ]);
});

test("says nothing but the error when the port cannot be opened", async () => {
  const { lines, error } = await told("1", await freePort());

  assert.equal(lines, []);
  assert.match(error, /^E601 /);
});

test("ends with the error of a program that fails at its start", async () => {
  const board = await new FakeBoard().start();
  const { lines, error } = await told('print("up");foo()', board.port);
  board.close();

  assert.equal(lines.slice(-2), ["the board restarted and prints:", "  up"]);
  assert.match(error, /^E610 program "blink": failed on the board: Ref.* The new program is on the board\.$/);
});

test("ends with an error when the board is silent since its restart", async () => {
  const board = await new FakeBoard({ silentAt: ["load()", 1] }).start();
  const { lines, error } = await told('print("up")', board.port);
  board.close();

  assert.match(lines.at(-1) ?? "", /^stored and verified/);
  assert.match(error, /^E611 program "blink": the board is silent since its restart/);
});
