/**
 * CPU of rounds of some modules by turns: `node cpu-rounds.mjs SWITCHES PATH...`; prints, for each, the nanoseconds a
 * switch of every round. All threads count: what a collector does is part of the price.
 */
import { pathToFileURL } from "node:url";
import { playRound } from "./round.js";

const WARM_UP = 3;
const ROUNDS = 11;

const [, , count = "", ...paths] = process.argv;
const switches = Number(count);
const programs: (() => unknown)[] = [];
for (const path of paths) {
  programs.push(((await import(pathToFileURL(path).href)) as { default: () => unknown }).default);
}
const times: number[][] = programs.map(() => []);
for (let i = -WARM_UP; i < ROUNDS; i++) {
  for (const [at, program] of programs.entries()) {
    const before = process.cpuUsage();
    await playRound(program, switches);
    const { user, system } = process.cpuUsage(before);
    if (i >= 0) times[at]?.push(((user + system) * 1000) / switches);
  }
}
console.log(JSON.stringify(times));
