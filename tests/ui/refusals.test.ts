// @timeout 240
/**
 * Programs that must be refused, a file each, and what is said of them, in NAME.expected beside it: the whole text is
 * compared, and `npm test -- --update ui/` writes it anew. Which build refuses is in the first line: none is the
 * compiler alone, `// target: espruino` or `// target: moddable` a device build.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as assert from "uvu/assert";
import { BuildError } from "../../cli/build/bundle.js";
import { buildEspruino, buildModdable } from "../../cli/build/device.js";
import { compile, formatDiagnostic, packagePaths, type Diagnostic } from "../../compiler/index.js";
import { pixl } from "../../targets/espruino/index.js";
import { esp32 } from "../../targets/moddable/index.js";
import { suite } from "../support/suite.js";

const test = suite("ui: refusals");

const FOLDER = join(DORMOUSE_ROOT, "tests/ui");
/** The compiler's own codes, and those of device builds; the rules for Espruino's language have their own tests. */
const CODE = /"(C[1-4]\d\d)"/g;

/** What TypeScript refuses first. */
const UNREACHABLE = ["C144"];

const cases = readdirSync(FOLDER).filter((file) => /(?<!\.test)\.[jt]s$/.test(file));

for (const file of cases) {
  const name = file.replace(/\.[jt]s$/, "");
  const golden = join(FOLDER, `${name}.expected`);

  test(name, async () => {
    const diagnostics = await diagnosticsOf(join(FOLDER, file));
    const actual = diagnostics.map((each) => `${formatDiagnostic(each, FOLDER)}\n`).join("");
    if (process.env["UPDATE"] === "1") writeFileSync(golden, actual);

    assert.is(actual, existsSync(golden) ? readFileSync(golden, "utf8") : "");
    const code = name.split("-")[0] ?? "";
    if (/^[A-Z]+\d+$/.test(code)) assert.equal([...new Set(diagnostics.map((each) => each.code))], [code]);
    else assert.ok(diagnostics.length > 1);
  });
}

async function diagnosticsOf(entry: string): Promise<readonly Diagnostic[]> {
  const target = /^\/\/ target: (\w+)$/m.exec(readFileSync(entry, "utf8"))?.[1];
  if (target === undefined) {
    return compile({ entry, backend: "arena", packages: packagePaths(DORMOUSE_ROOT) }).diagnostics;
  }
  try {
    if (target === "espruino") await buildEspruino({ entry, board: pixl, minify: true });
    else await buildModdable({ entry, board: esp32, minify: true });
    return [];
  } catch (error) {
    if (!(error instanceof BuildError)) throw error;
    return error.diagnostics;
  }
}

/** What other tests show: the rules of Espruino, and plugins. */
const ELSEWHERE = /^(espruino|plugin)\//;

test("there is a program for every code", () => {
  const raised = new Set<string>();
  for (const folder of ["compiler", "cli/build"]) {
    for (const path of readdirSync(join(DORMOUSE_ROOT, folder), { recursive: true, encoding: "utf8" })) {
      if (!path.endsWith(".ts") || ELSEWHERE.test(path)) continue;
      const text = readFileSync(join(DORMOUSE_ROOT, folder, path), "utf8");
      for (const match of text.matchAll(CODE)) raised.add(match[1] ?? "");
    }
  }
  const covered = cases.map((file) => file.slice(0, 4)).filter((code) => /^C\d\d\d$/.test(code));

  assert.equal([...new Set([...covered, ...UNREACHABLE])].sort(), [...raised].sort());
});
