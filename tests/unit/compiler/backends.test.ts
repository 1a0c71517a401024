// @timeout 240
/**
 * What each back end makes of a program: `golden/NAME.ts` becomes `golden/NAME.BACKEND.txt`
 * (`npm test -- --update compiler/backends` rewrites those).
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as assert from "uvu/assert";
import { compile, formatDiagnostic, packagePaths, type Backend } from "../../../compiler/index.js";
import { suite } from "../../support/suite.js";

const test = suite("compiler/emit/backends");

const FOLDER = join(DORMOUSE_ROOT, "tests/unit/compiler/golden");
const BACKENDS: readonly Backend[] = ["arena", "board", "shared"];

for (const file of readdirSync(FOLDER).filter((name) => name.endsWith(".ts"))) {
  for (const backend of BACKENDS) {
    test(`${file} becomes what it was, by the back end "${backend}"`, () => {
      const golden = join(FOLDER, file.replace(/\.ts$/, `.${backend}.txt`));
      const actual = compiled(join(FOLDER, file), backend);

      if (process.env["UPDATE"] === "1") writeFileSync(golden, actual);

      assert.fixture(actual, existsSync(golden) ? readFileSync(golden, "utf8") : "");
    });
  }
}

/** The module that `entry` becomes, without blank lines where its functions stood. */
function compiled(entry: string, backend: Backend): string {
  const packages = packagePaths(DORMOUSE_ROOT);
  const { modules, diagnostics } = compile({ entry, backend, packages, evenPinned: true });
  assert.equal(
    diagnostics.map((each) => formatDiagnostic(each, FOLDER)),
    [],
  );
  return modules.get(entry)!.code.replace(/\n(\s*\n)+/g, "\n\n");
}
