// @timeout 120
/**
 * The public API is what docs/api says, and all of it is documented. After a change that is meant:
 * `npm test -- --update unit/api`, and look at the difference.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as assert from "uvu/assert";
import { readApi } from "../support/api.js";
import { suite } from "../support/suite.js";

const test = suite("api");

const FOLDER = join(DORMOUSE_ROOT, "docs/api");
const HINT = "differs from docs/api. If that is meant: npm test -- --update unit/api";

for (const { name, text, undocumented } of readApi()) {
  test(`${name} is what docs/api says`, () => {
    const path = join(FOLDER, `${name.replace("/", "-")}.d.ts`);
    if (process.env["UPDATE"] === "1") {
      mkdirSync(FOLDER, { recursive: true });
      writeFileSync(path, text);
    }

    assert.is(readFileSync(path, "utf8"), text, `${name} ${HINT}`);
  });

  test(`${name}: every name and every public member has a docstring`, () => {
    assert.equal(undocumented, []);
  });
}
