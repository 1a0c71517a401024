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

test("tells a person what happens, and exits with 0", async () => {
  const board = await new FakeBoard().start();
  const lines: string[] = [];
  const options = { listenMs: 60, quietMs: 30 };
  const code = `print("up")//${"-".repeat(9000)}`;
  const status = await flashCommand({ code, name: "blink", port: board.port, options }, (line) =>
    lines.push(line),
  );
  board.close();

  assert.is(status, 0);
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

test("prints one line and exits with 1 when the port cannot be opened", async () => {
  const lines: string[] = [];
  const port = await freePort();
  const status = await flashCommand({ code: "1", name: "blink", port }, (line) => lines.push(line));

  assert.is(status, 1);
  assert.is(lines.length, 1);
});

test("prints the error of a program that fails at its start, and exits with 1", async () => {
  const board = await new FakeBoard().start();
  const lines: string[] = [];
  const options = { listenMs: 60, quietMs: 30 };
  const status = await flashCommand({ code: "foo()", name: "blink", port: board.port, options }, (line) =>
    lines.push(line),
  );
  board.close();

  assert.is(status, 1);
  assert.match(lines.at(-1) ?? "", /^E610 program "blink": failed on the board: Ref.* The new program is/);
});
