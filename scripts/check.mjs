/** The one gate, `npm run check`: runs every check, also after one failed, and says which did. */
import { spawnSync } from "node:child_process";
import { delimiter, join } from "node:path";
import { root } from "./bundle.mjs";

const FOLDERS = "core hal targets compiler cli bench examples tests";

const STEPS = {
  types: "tsc -b",
  lint: "eslint . --max-warnings 0",
  format: "prettier --check --log-level warn .",
  imports: `depcruise ${FOLDERS} --output-type err`,
  unused: "knip --no-config-hints",
  tests: "node scripts/test.mjs",
};

const PATH = join(root, "node_modules/.bin") + delimiter + process.env.PATH;

const failed = Object.keys(STEPS).filter((name) => !passes(name, STEPS[name]));
console.log(failed.length === 0 ? "\nall checks pass" : `\nfailed: ${failed.join(", ")}`);
process.exitCode = failed.length === 0 ? 0 : 1;

/** Prints what a step said only when it failed; the tests always, as they take longest. */
function passes(name, command) {
  const [program, ...args] = command.split(" ");
  const start = performance.now();
  const stdio = name === "tests" ? "inherit" : "pipe";
  const step = spawnSync(program, args, {
    cwd: root,
    env: { ...process.env, PATH },
    stdio,
    encoding: "utf8",
  });
  const isGood = step.status === 0;
  if (!isGood) console.log(`${step.error?.message ?? ""}${step.stdout ?? ""}${step.stderr ?? ""}`.trimEnd());
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`${isGood ? "ok  " : "FAIL"} ${name.padEnd(8)} ${seconds.padStart(6)} s  ${command}`);
  return isGood;
}
