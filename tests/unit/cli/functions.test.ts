/** The report of a program's functions, as JSON. */
import { join } from "node:path";
import * as assert from "uvu/assert";
import { printFunctions } from "../../../cli/functions.js";
import { findProgram } from "../../../cli/programs.js";
import { suite } from "../../support/suite.js";

const test = suite("cli/functions");

interface Report {
  readonly bytes: Readonly<Record<string, { readonly tasks: number; readonly total: number }>>;
  readonly deepestChain: readonly string[];
  readonly functions: readonly {
    readonly name: string;
    readonly line: number;
    readonly frame: Readonly<Record<string, number>>;
    readonly code: Readonly<Record<string, number>>;
    readonly kept: readonly { readonly name: string; readonly over: readonly string[] }[];
  }[];
}

test("says of each function what its code and frame take in each build, and which waits its locals live over", async () => {
  const lines: string[] = [];
  await printFunctions(findProgram(join(DORMOUSE_ROOT, "examples/pipeline")), (line) => lines.push(line));

  const { bytes, deepestChain, functions } = JSON.parse(lines.join("\n")) as Report;

  assert.equal(
    functions.map(({ name, line }) => `${name} ${line}`),
    ["sample 16", "report 32", "readSensor 5"],
  );
  assert.equal([...deepestChain], ["sample", "readSensor"]);
  for (const [target, { tasks, total }] of Object.entries(bytes)) {
    const own = functions.map(({ code }) => code[target]!);
    const sum = own.reduce((a, b) => a + b, 0);
    assert.ok(
      own.every((each) => each > 50),
      `${target} ${own.join()}`,
    );
    assert.ok(sum > tasks / 2 && sum <= tasks && tasks < total, `${target}: ${sum} of ${tasks} of ${total}`);
  }
  const { frame, kept } = functions[2]!;
  // Three parameters: an object of nine words on V8, with a resume point and a caller five variables on boards.
  assert.equal({ ...frame }, { v8: 9 * 8, xs: 5 * 16, espruino: 5 * 13 });
  const { over } = kept.find(({ name }) => name === "output")!;
  assert.equal([...over], ["ready.risingEdge() :8"]);
});
