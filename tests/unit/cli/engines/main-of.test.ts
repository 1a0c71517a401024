import * as assert from "uvu/assert";
import { mainOf } from "../../../../cli/engines/main-of.js";
import type { SimModule } from "../../../../cli/build/sim.js";
import { fail } from "../../../../core/errors.js";
import { suite } from "../../../support/suite.js";

const test = suite("cli/engines/main-of");

const board = {} as Parameters<SimModule["main"]>[0];
const run = (main: unknown) => () => {
  mainOf({ main: main as SimModule["main"] })(board);
};

test("hands the board to the program", () => {
  let given: unknown;

  run((it: unknown) => (given = it))();

  assert.is(given, board);
});

test("tells what main threw in one line, and where", () => {
  const main = (): void => {
    throw new RangeError("no luck");
  };

  assert.throws(run(main), /^E703 "main": ended by an error: no luck \(.*\.ts:\d+:\d+\)$/);
  const odd = (): void => {
    throw { code: 7 } as unknown as Error;
  };
  assert.throws(run(odd), /^E703 "main": ended by an error: \{ code: 7 \}$/);
});

test("throws what has a code as it is", () => {
  assert.throws(
    run(() => fail("E301", "LED9", "no such pin")),
    /^E301 "LED9": no such pin$/,
  );
});

test("refuses a default export that is no function", () => {
  assert.throws(run(5), /^E703 "main": the default export is of type number, and no function\. Write export/);
});
