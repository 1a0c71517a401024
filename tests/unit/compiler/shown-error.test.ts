/** What dormouse/register shows of an error that ends a program. */
import * as assert from "uvu/assert";
import { shownError } from "../../../compiler/plugin/shown-error.js";
import { suite } from "../../support/suite.js";

const test = suite("compiler/shown-error");

const STACK = `Error: E101 "blink": all are in use
    at fail (/app/node_modules/dormouse/core/errors.ts:5:3)
    at light (/app/src/light.ts:7:9)
    at async main (file:///app/src/main.ts:3:1)
    at node:internal/main/run_main_module:28:49`;

function error(more: object): Error {
  return Object.assign(new Error('E101 "blink": all are in use'), { stack: STACK, ...more });
}

test("an error with a code is its words and the author's lines", () => {
  assert.is(
    shownError(error({ code: "E101" }), "/app/node_modules/dormouse"),
    `E101 "blink": all are in use
    at light (/app/src/light.ts:7:9)
    at async main (file:///app/src/main.ts:3:1)`,
  );
});

test("what the compiler says is its words alone", () => {
  assert.is(shownError(error({ isDiagnostic: true }), "/app"), 'E101 "blink": all are in use');
});

test("other errors are Node's to show", () => {
  for (const other of [error({}), error({ code: "ENOENT" }), error({ code: "ERR_X" }), "text", undefined])
    assert.is(shownError(other, "/app"), undefined);
});
