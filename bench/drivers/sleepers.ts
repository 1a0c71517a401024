/**
 * Rounds of sleepers of some modules by turns: `node sleepers.mjs PATH...`; prints, for each, CPU milliseconds and the
 * median lateness of every round.
 */
import { pathToFileURL } from "node:url";
import { median } from "../measure/statistics.js";

const ROUNDS = 5;
const SPAN = 1000;

const programs: (() => unknown)[] = [];
for (const path of process.argv.slice(2)) {
  programs.push(((await import(pathToFileURL(path).href)) as { default: () => unknown }).default);
}
const found = programs.map(() => ({ cpu: [] as number[], lateness: [] as number[] }));
for (let i = -1; i < ROUNDS; i++) {
  for (const [at, program] of programs.entries()) {
    const lateness: number[] = [];
    const before = process.cpuUsage();
    await new Promise<void>((end) => {
      Object.assign(globalThis, { round: { span: SPAN, lateness, end } });
      program();
    });
    const { user, system } = process.cpuUsage(before);
    if (i < 0) continue;
    found[at]?.cpu.push((user + system) / 1000);
    found[at]?.lateness.push(median(lateness));
  }
}
console.log(JSON.stringify(found));
