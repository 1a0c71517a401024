import * as assert from "uvu/assert";
import { findEspruino, findXs } from "../../../../cli/engines/find.js";
import { suite } from "../../../support/suite.js";

const test = suite("cli/engines/find");

test("finds the XS worker that npm built, from a folder within the repository too", () => {
  const path = findXs().path ?? "";

  assert.match(path, /xsnap-worker$/);
  assert.is(findXs(`${DORMOUSE_ROOT}/cli/engines`).path, path);
});

test("says how to supply XS where it is not installed", () => {
  assert.match(findXs("/").missing ?? "", /npm ci/);
});

test("takes the Espruino that the environment names", () => {
  assert.is(findEspruino({ ESPRUINO: process.execPath }).path, process.execPath);
});

test("says what is wrong when the named Espruino is not a program", () => {
  const message = findEspruino({ ESPRUINO: "/no/espruino", PATH: process.env["PATH"] }).missing ?? "";

  assert.match(message, '$ESPRUINO is "/no/espruino"');
});

test("says how to supply Espruino where there is none", () => {
  assert.match(findEspruino({ PATH: "/nowhere:" }).missing ?? "", /PATH.*\$ESPRUINO/);
});
