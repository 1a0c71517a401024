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
  const wrongs = {
    "/no/espruino": "does not exist",
    "/": "is not a file",
    "/etc/passwd": "is not executable",
  };
  for (const [path, fault] of Object.entries(wrongs)) {
    const { missing = "", isWrong } = findEspruino({ ESPRUINO: path, PATH: process.env["PATH"] });

    assert.match(missing, `$ESPRUINO is "${path}", which ${fault}: name the espruino binary`);
    assert.is(isWrong, true);
  }
});

test("says how to supply Espruino where there is none", () => {
  const { missing = "", isWrong } = findEspruino({ PATH: "/nowhere:" });

  assert.match(missing, /PATH.*\$ESPRUINO/);
  assert.is(isWrong, undefined);
});
