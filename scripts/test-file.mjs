/** Runs one test file in a process of its own and judges how it ended. */
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { bundle, root } from "./bundle.mjs";

const DEFAULT_LIMIT_S = 120;

/** Node's flags by folder. A small nursery is collected before its bytes are counted: 64 MB is not. */
const FLAGS = {
  "tests/alloc/": ["--expose-gc", "--jitless", "--no-expose-wasm"].concat([
    "--min-semi-space-size=64",
    "--max-semi-space-size=64",
  ]),
};

const NOTHING = { passed: 0, failed: 0, skipped: 0, skips: [] };

const running = new Set();
process.on("exit", () => running.forEach(stop));
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(1));

/**
 * Runs `file` (relative to the root) and returns its counts, what it skipped and all it printed.
 *
 * It fails when a test of it failed, when it has no tests, when it crashed, and when it took longer than its
 * limit: a line `// @timeout SECONDS` in the file.
 */
export async function runTestFile(file) {
  let script;
  try {
    script = await bundle(join(root, file));
  } catch (error) {
    return { file, output: error.message, ...NOTHING, failed: 1 };
  }
  const { output, end } = await execute(script, flagsOf(file), limitOf(file));
  return judge(file, output, end);
}

function flagsOf(file) {
  const folder = Object.keys(FLAGS).find((prefix) => file.startsWith(prefix));
  return folder === undefined ? [] : FLAGS[folder];
}

function limitOf(file) {
  const source = readFileSync(join(root, file), "utf8");
  return Number(/^\/\/ @timeout (\d+)$/m.exec(source)?.[1] ?? DEFAULT_LIMIT_S);
}

function execute(script, flags, limit) {
  return new Promise((done) => {
    // A process group of its own: an engine that the test started ends with it.
    const child = spawn(process.execPath, ["--enable-source-maps", ...flags, script], { detached: true });
    running.add(child);
    let output = "";
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding("utf8").on("data", (text) => (output += text));
    const timer = setTimeout(() => {
      output += `\nstopped: took longer than ${limit} s (raise it with a line "// @timeout SECONDS")\n`;
      stop(child);
    }, limit * 1000);
    child.on("exit", () => stop(child));
    child.on("close", (code, signal) => {
      clearTimeout(timer);
      running.delete(child);
      done({ output, end: signal ?? code });
    });
  });
}

function stop(child) {
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch {
    // Nobody of the group is left.
  }
}

/** The counts are those that tests/support/suite.ts printed last. */
function judge(file, output, end) {
  const line = [...output.matchAll(/^@tests (.*)$/gm)].at(-1)?.[1];
  const counts = line === undefined ? NOTHING : JSON.parse(line);
  // With --only most files have nothing to run; scripts/test.mjs still fails when none had.
  const hasTests = counts.passed + counts.failed + counts.skipped > 0 || "ONLY" in process.env;
  const isGood = hasTests && counts.failed === 0 && end === 0;
  if (!hasTests) output += "\nno test ran\n";
  if (counts.failed === 0 && end !== 0) output += `\nended with ${end}\n`;
  return { file, output, ...counts, failed: isGood ? 0 : Math.max(counts.failed, 1) };
}
