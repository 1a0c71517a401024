import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as assert from "uvu/assert";
import { workingEspruino, workingXs } from "../../../../cli/engines/check.js";
import { findEspruino, findXs, type Found } from "../../../../cli/engines/find.js";
import { suite } from "../../../support/suite.js";

const test = suite("cli/engines/check");

const folder = mkdtempSync(join(tmpdir(), "dormouse-check-"));
test.after(() => {
  rmSync(folder, { recursive: true });
});

/** A program that is no engine. */
function impostor(name: string, script: string): Found {
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return { path };
}

test("takes the engines that work", async () => {
  assert.equal(await workingXs(), findXs());
  assert.equal(await workingEspruino(), findEspruino());
});

for (const [name, script, problem] of [
  ["ends", "exit 3", "it ended with exit code 3"],
  ["killed", "kill -9 $$", "it was killed"],
  ["cat", "exec cat $1", "it ended with exit code 0"],
  ["hangs", "exec sleep 600", "it did not run a line of script within 500 ms"],
] as const)
  test(`says in one line what is wrong with an Espruino that is none (${name})`, async () => {
    const found = impostor(`espruino-${name}`, script);

    assert.equal(await workingEspruino(found, 500), {
      missing: `"${found.path}" is not Espruino: ${problem}`,
      isWrong: true,
    });
  });

for (const [name, script, problem] of [
  ["ends", "exit 11", "XS has ended: it is out of memory"],
  ["killed", "kill -9 $$", "XS has ended: signal SIGKILL"],
  ["babbles", "echo hello >&4; exec sleep 600", "XS has ended: it broke the protocol"],
  ["hangs", "exec sleep 600", "XS has ended: no answer within 500 ms"],
] as const)
  test(`says in one line what is wrong with an XS that does not work (${name})`, async () => {
    const { missing = "", isWrong } = await workingXs(impostor(`xs-${name}`, script), 500);

    assert.match(missing, `" does not work: ${problem}`);
    assert.not.match(missing, "\n");
    assert.is(isWrong, true);
  });

test("leaves an engine that is not there as it is", async () => {
  const none: Found = { missing: "put it there" };

  assert.is(await workingXs(none), none);
  assert.is(await workingEspruino(none), none);
});
