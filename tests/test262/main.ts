/**
 * How much of test262 passes through the promise lowering, of what passes on Node:
 *
 *   node scripts/run.mjs tests/test262/main.ts PATH-TO-TEST262 [--filter part-of-path] [--report | --json]
 *
 * `--report` prints the tables of docs/compiler-conformance.md, `--json` the result as one object.
 */
import { parseArgs } from "node:util";
import { byCause } from "./causes.js";
import { runTest262, type Test262Result } from "./run.js";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    filter: { type: "string", default: "" },
    report: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
  },
});
const root = positionals[0] ?? process.env["TEST262"];
if (root === undefined) {
  console.error(
    "usage: node scripts/run.mjs tests/test262/main.ts PATH-TO-TEST262 [--filter part-of-path] [--report | --json]",
  );
  process.exit(1);
}
// Tests reject promises that nobody handles.
process.on("unhandledRejection", () => undefined);
const started = Date.now();
const result = await runTest262(root, { filter: values.filter });
if (values.json) console.log(JSON.stringify(result));
else if (values.report) report(result);
else list(result);

function list({ failures, skipped }: Test262Result): void {
  for (const { path, mode, message } of failures) console.log(`${path} (${mode}): ${message}`);
  for (const [reason, count] of Object.entries(skipped)) console.log(`skipped ${count}: ${reason}`);
  console.log(`${summary(result)} in ${Math.round((Date.now() - started) / 1000)} s`);
}

function report({ failures, skipped }: Test262Result): void {
  console.log(`${summary(result)}\n\n| runs | cause |\n| --: | --- |`);
  for (const [cause, list] of byCause(failures))
    console.log(`| ${list.length} | ${cause ?? "not explained"} |`);
  console.log("\n| tests | not run |\n| --: | --- |");
  for (const [reason, count] of Object.entries(skipped)) console.log(`| ${count} | ${reason} |`);
}

function summary({ passed, nativePassed, nativeFailed }: Test262Result): string {
  const rate = (100 * passed) / Math.max(1, nativePassed);
  return `${passed} of ${nativePassed} that pass natively: ${rate.toFixed(2)} % (${nativeFailed} fail natively)`;
}
