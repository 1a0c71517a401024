/**
 * `npm run nightly [-- --count 20000] [--seed N]`: random programs over all ways to compile them, each against its oracle.
 * Prints the seed of each batch; what differs is shrunk and printed. Exits with 1 when something did. The big scenarios of
 * the lock-free structures follow, and all of their mutants (tests/loom).
 */
import { spawn } from "node:child_process";
import { parseArgs } from "node:util";
import { bundle, root } from "./bundle.mjs";

/** A share of the programs for each way: engines of their own are slower. */
const WAYS = [
  { args: ["--way", "arena"], share: 0.2 },
  { args: ["--way", "arena-min"], share: 0.05 },
  { args: ["--way", "promise"], share: 0.05 },
  { args: ["--way", "promise-espruino"], share: 0.03 },
  { args: ["--way", "board"], share: 0.05 },
  { args: ["--way", "shared-min", "--numeric"], share: 0.05 },
  // Given up at a random time.
  { args: ["--way", "arena", "--cancelled"], share: 0.05 },
  { args: ["--way", "board-min", "--cancelled"], share: 0.05 },
  { args: ["--way", "board-min"], share: 0.07 },
  { args: ["--way", "arena", "--timed"], share: 0.05 },
  { args: ["--way", "moving", "--timed"], share: 0.05 },
  { args: ["--way", "moving", "--timed", "--numeric"], share: 0.05 },
  { args: ["--way", "board-min", "--timed"], share: 0.05 },
  // One program in a module needs less of the executor than many.
  { args: ["--way", "board-min", "--batch", "1"], share: 0.02 },
  { args: ["--way", "xs"], share: 0.1 },
  { args: ["--way", "espruino"], share: 0.08 },
];
/** Programs of one process. */
const CHUNK = 480;

const { values } = parseArgs({
  options: { count: { type: "string", default: "20000" }, seed: { type: "string" } },
});
const total = Number(values.count);
let seed = values.seed === undefined ? Math.floor(Date.now() / 86_400_000) * 100_000 : Number(values.seed);
const loom = await bundle(`${root}/tests/loom/main.ts`);
const fuzzer = await bundle(`${root}/tests/fuzz/main.ts`);
const missing = [];
let differing = 0;
let done = 0;
const started = Date.now();
for (const { args, share } of WAYS) {
  for (let left = Math.ceil(total * share); left > 0; left -= CHUNK) {
    const count = Math.min(CHUNK, left);
    const { text, code } = await run(fuzzer, [...args, "--seed", String(seed), "--count", String(count)]);
    const found = /(\d+) differ/.exec(text)?.[1];
    if (code !== 0 || found === undefined) {
      if (!/no way /.test(text)) differing++;
      missing.push(`${args.join(" ")} from seed ${seed}: ${text.trim().split("\n").at(-1)}`);
      break;
    }
    differing += Number(found);
    done += count;
    if (found !== "0") console.log(text);
    const minutes = ((Date.now() - started) / 60_000).toFixed(1);
    console.log(
      `${args.join(" ")}: seeds ${seed} to ${seed + count - 1}, ${found} differ (${done}, ${minutes} min)`,
    );
    seed += count;
  }
}
for (const line of missing) console.log(`not run: ${line}`);
console.log(`${done} programs, ${differing} differ`);
const scenarios = await run(loom, []);
console.log(scenarios.text);
const mutants = await run(await bundle(`${root}/tests/loom/mutants.test.ts`), []);
console.log(mutants.text);
process.exitCode = differing > 0 || scenarios.code !== 0 || mutants.code !== 0 ? 1 : 0;

function run(script, args) {
  return new Promise((resolve) => {
    const env = { ...process.env, DORMOUSE_NIGHT: "1" };
    const child = spawn(process.execPath, ["--enable-source-maps", script, ...args], { cwd: root, env });
    let text = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (data) => (text += data));
    child.on("close", (code) => resolve({ text, code }));
  });
}
