import { generate } from "./generate.js";
import { moduleText, logsOf } from "./module.js";
import * as engines from "./engines.js";
import { BuildError } from "../../cli/build/bundle.js";
const seed = Number(process.argv[2] ?? 1),
  n = Number(process.argv[3] ?? 10),
  timed = process.argv[4] === "timed";
const programs = Array.from({ length: n }, (_, i) => generate(seed + i, timed));
const text = moduleText(programs);
const file = await engines.programFile(`try${seed}`, text);
const runs = {
  ...(timed ? {} : { native: engines.onPromises }),
  uncompiled: engines.uncompiledOnNode,
  arena: engines.arenaOnNode(false),
  arenaMin: engines.arenaOnNode(true),
  board: engines.boardOnNode(false),
  boardMin: engines.boardOnNode(true),
};
let first: string[] | undefined;
for (const [name, run] of Object.entries(runs)) {
  const t = performance.now();
  try {
    const logs = logsOf(await run(file), n);
    first ??= logs;
    const bad = logs.map((l, i) => (l === first![i] ? -1 : i)).filter((i) => i >= 0);
    console.log(
      name,
      Math.round(performance.now() - t),
      "ms",
      logs.map((l) => l.split("\n").length).join(","),
      "bad",
      bad.join(","),
    );
    for (const i of bad.slice(0, 1)) console.log(`--- ${i}\nexpected\n${first![i]}\ngot\n${logs[i]}`);
  } catch (e) {
    console.log(name, Math.round(performance.now() - t), "ms");
    if (e instanceof BuildError)
      for (const d of e.diagnostics.slice(0, 5))
        console.log(d.code, d.line, d.column, d.message, text.split("\n")[d.line - 1]);
    else console.log(e);
  }
}
