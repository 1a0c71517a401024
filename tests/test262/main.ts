/**
 * How much of test262 passes through the promise lowering, of what passes on Node:
 *
 *   node scripts/run.mjs tests/test262/main.ts PATH-TO-TEST262 [--filter part-of-path] [--report]
 */
import { parseArgs } from "node:util";
import { runTest262 } from "./run.js";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { filter: { type: "string", default: "" }, report: { type: "boolean", default: false } },
});
const root = positionals[0] ?? process.env["TEST262"];
if (root === undefined) {
  console.error(
    "usage: node scripts/run.mjs tests/test262/main.ts PATH-TO-TEST262 [--filter part-of-path] [--report]",
  );
  process.exit(1);
}
process.on("unhandledRejection", () => undefined);
const started = Date.now();
const result = await runTest262(root, { filter: values.filter });
for (const { path, mode, message } of result.failures) console.log(`${path} (${mode}): ${message}`);
for (const [reason, count] of Object.entries(result.skipped)) console.log(`skipped ${count}: ${reason}`);
const rate = (100 * result.passed) / Math.max(1, result.nativePassed);
console.log(
  `${result.passed} of ${result.nativePassed} that pass natively: ${rate.toFixed(2)} %` +
    ` (${result.nativeFailed} fail natively; ${Math.round((Date.now() - started) / 1000)} s)`,
);
