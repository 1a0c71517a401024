import * as assert from "uvu/assert";
import { EspruinoOutput, START } from "../../../../cli/engines/espruino-output.js";
import { suite } from "../../../support/suite.js";

const test = suite("cli/engines/espruino-output");

const BANNER = `\r\n ____                 _ \r\n|  __|___ ___\r\n 2v29 (c) 2026 G.Williams\r\n\r\n${START}\r\n`;

function read(...chunks: readonly string[]): { lines: string[]; errors: string[] } {
  return readWith(undefined, ...chunks);
}

function readWith(
  placeOf: ((call: string) => string | undefined) | undefined,
  ...chunks: readonly string[]
): { lines: string[]; errors: string[] } {
  const lines: string[] = [];
  const errors: string[] = [];
  const output = new EspruinoOutput({
    onLine: (line) => lines.push(line),
    onError: (message) => errors.push(message),
    placeOf,
  });
  for (const chunk of chunks) output.push(chunk);
  output.end();
  return { lines, errors };
}

test("drops the banner, prompts and line ends", () => {
  const { lines } = read(`${BANNER}hello\r\n>\r\x1b[Jlater\r\n>\r\x1b[Jlast\r\n>`);

  assert.equal(lines, ["hello", "later", "last"]);
});

test("keeps a line that looks like a prompt", () => {
  assert.equal(read(`${BANNER}>\r\nafter\r\n>\r\n>\r\x1b[J>\r\nlast\r\n>`).lines, [
    ">",
    "after",
    ">",
    ">",
    "last",
  ]);
});

test("reads lines in pieces", () => {
  assert.equal(read(...Array.from(`${BANNER}a b\r\n>\r\x1b[J\r\nc`)).lines, ["a b", "", "c"]);
});

test("takes errors out, each with its innermost call", () => {
  const where = "    at read (:3:7)\r\n  x.y()\r\n   ^\r\n    at :1:4\r\n\r\n   ^\r\n";

  const { lines, errors } = read(
    `${BANNER}a\r\nUncaught Error: boom\r\n${where}>\r\x1b[JUncaught 7\r\n\r\nb\r\n>`,
  );

  assert.equal(errors, ["Error: boom (at read (:3:7))", "7"]);
  assert.equal(lines, ["a", "", "b"]);
});

test("keeps the line after a call that shows no source", () => {
  const { lines, errors } = read(`${BANNER}Uncaught Error: boom\r\n    at native\r\nnext\r\nlast\r\n>`);

  assert.equal(errors, ["Error: boom (at native)"]);
  assert.equal(lines, ["next", "last"]);
});

test("takes notices of the interpreter as errors", () => {
  assert.equal(read(`${BANNER}New interpreter error: FIFO_FULL\r\n>`).errors, [
    "New interpreter error: FIFO_FULL",
  ]);
});

test("tells where a task ended by an error: at the calls that have places of the author", () => {
  const fault = 'task "a" ended by an error: Error: boom';
  const calls =
    "    at x (.bootcde:1:9)\r\n\r\n  ^\r\n    at y (.bootcde:1:20)\r\n\r\n  ^\r\n    at .bootcde:1:30\r\n\r\n ^\r\n";
  const placeOf = (call: string): string | undefined =>
    /:(20|30)/.test(call) ? `main.ts ${call}` : undefined;

  const { lines, errors } = readWith(
    placeOf,
    `${BANNER}${fault}${calls}b\r\nUncaught Error: late\r\n${calls}>`,
  );

  assert.equal(lines, [`${fault} (at main.ts y (.bootcde:1:20), from main.ts .bootcde:1:30)`, "b"]);
  assert.equal(errors, ["Error: late (at main.ts y (.bootcde:1:20), from main.ts .bootcde:1:30)"]);
});
