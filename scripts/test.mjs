/**
 * Runs the tests: `node scripts/test.mjs [--update] [--only WORDS] [--in FOLDER] [PART OF A PATH...]`.
 *
 * Every *.test.ts in tests/, two files at a time; exits with 1 when a file failed or nothing ran.
 * `--update` rewrites golden files: tests see it as UPDATE=1. `--only` runs the tests with these words in their
 * title, of the files that have one: tests see it as ONLY.
 */
import { readdirSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { parseArgs } from "node:util";
import { root } from "./bundle.mjs";
import { runTestFile } from "./test-file.mjs";

const AT_ONCE = 2;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    update: { type: "boolean" },
    only: { type: "string" },
    in: { type: "string", default: join(root, "tests") },
  },
});
if (values.update) process.env.UPDATE = "1";
if (values.only) process.env.ONLY = values.only;

const files = findFiles(resolve(values.in), positionals);
const results = [];
const queue = [...files];
await Promise.all(Array.from({ length: AT_ONCE }, work));
report();

function findFiles(folder, parts) {
  const found = readdirSync(folder, { recursive: true }).filter((path) => path.endsWith(".test.ts"));
  const paths = found.map((path) => relative(root, join(folder, path))).sort();
  return parts.length === 0 ? paths : paths.filter((path) => parts.some((part) => path.includes(part)));
}

async function work() {
  for (let file; (file = queue.shift()) !== undefined;) {
    const start = performance.now();
    const result = await runTestFile(file);
    results.push(result);
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    const state = result.failed > 0 ? "FAIL" : "ok  ";
    console.log(
      `${state} ${file.padEnd(48)} ${String(result.passed).padStart(4)} passed ${seconds.padStart(6)} s`,
    );
    for (const line of skipLines(result.skips)) console.log(`     ${line}`);
  }
}

/** A line for each reason: an engine that is not there is many tests. */
function skipLines(skips) {
  return [...new Set(skips.map(({ reason }) => reason))].map((reason) => {
    const titles = skips.filter((skip) => skip.reason === reason).map(({ title }) => title);
    return `SKIP ${titles.length === 1 ? titles[0] : `${titles.length} tests`}: ${reason}`;
  });
}

function report() {
  for (const { file, output, failed } of results)
    if (failed > 0) console.log(`\n===== ${file}\n${output.trim()}`);
  if (files.length === 0) console.log(`no test file matches ${positionals.join(" ") || values.in}`);
  const [passed, failed, skipped] = ["passed", "failed", "skipped"].map((key) =>
    results.reduce((sum, result) => sum + result[key], 0),
  );
  console.log(`\n${passed} passed, ${failed} failed, ${skipped} skipped`);
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
}
