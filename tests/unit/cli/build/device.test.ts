import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as assert from "uvu/assert";
import { buildEspruino } from "../../../../cli/build/device.js";
import { pixl } from "../../../../targets/espruino/index.js";
import { suite } from "../../../support/suite.js";

const test = suite("cli/build/device");

/** More variables than there are names of one and two letters. */
const MANY = 4000;

test("names nothing `of`, which is a keyword to Espruino, nor as a pin, however many names there are", async () => {
  const names = Array.from({ length: MANY }, (_, i) => `v${i}`);
  const declared = names.map((name) => `var ${name} = board.clock.now();`).join(" ");
  const folder = mkdtempSync(join(tmpdir(), "dormouse-device-"));
  try {
    const entry = join(folder, "main.js");
    writeFileSync(
      entry,
      `export default function main(board) { ${declared} board.console.write([${names.join()}]); }`,
    );

    const { code } = await buildEspruino({ entry, board: pixl, minify: true });

    assert.match(code, /\boe\b/);
    assert.not.match(code, /\bof\b/);
    assert.match(code, /\ba0\b/);
    assert.not.match(code, /\b[A-Z]\d\b/);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
