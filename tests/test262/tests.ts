/** The tests of a checkout of tc39/test262: found, and their front matter read. */
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";

export interface Test262 {
  /** From `test/` on. */
  readonly path: string;
  readonly source: string;
  readonly flags: ReadonlySet<string>;
  readonly features: readonly string[];
  /** Files of `harness/` besides those that every test has. */
  readonly includes: readonly string[];
  /** What must be thrown, and when; null for a test that must pass. */
  readonly negative: { readonly phase: string; readonly type: string } | null;
}

/** Folders all of whose tests are about what is lowered. */
const FOLDERS =
  /^language\/(expressions|statements)\/(async-\w+(-\w+)*|generators|await|yield|for-await-of|try)\//;

const FEATURES = new Set(["async-functions", "async-iteration", "generators"]);

/** The tests under `root` that async functions and generators have to do with, and whose path has `filter` in it. */
export function findTests(root: string, filter = ""): Test262[] {
  const tests: Test262[] = [];
  const folder = join(root, "test/language");
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !entry.name.endsWith(".js") || entry.name.includes("_FIXTURE")) continue;
    const file = join(entry.parentPath, entry.name);
    const path = relative(join(root, "test"), file);
    if (!path.includes(filter)) continue;
    const test = parse(path, readFileSync(file, "utf8"));
    if (FOLDERS.test(path) || test.features.some((each) => FEATURES.has(each))) tests.push(test);
  }
  return tests.sort((a, b) => (a.path < b.path ? -1 : 1));
}

function parse(path: string, source: string): Test262 {
  const matter = /\/\*---\r?\n([^]*?)---\*\//.exec(source)?.[1] ?? "";
  const phase = /^ {2,}phase: *(\w+)/m.exec(matter)?.[1];
  return {
    path,
    source,
    flags: new Set(list(matter, "flags")),
    features: list(matter, "features"),
    includes: list(matter, "includes"),
    negative:
      phase === undefined ? null : { phase, type: /^ {2,}type: *(\w+)/m.exec(matter)?.[1] ?? "Error" },
  };
}

/** The items of `key`, which stand in brackets or on lines of their own. */
function list(matter: string, key: string): string[] {
  const inline = new RegExp(`^${key}: *\\[([^\\]]*)\\]`, "m").exec(matter)?.[1];
  if (inline !== undefined)
    return inline
      .split(",")
      .map((each) => each.trim())
      .filter((each) => each !== "");
  const lines = new RegExp(`^${key}:[ \\r]*\\n((?:^ *- .*\\n?)+)`, "m").exec(matter)?.[1] ?? "";
  return [...lines.matchAll(/- *(\S+)/g)].map((match) => match[1]!);
}
