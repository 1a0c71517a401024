/**
 * Counts the bytes of rounds: `node --jitless ... v8-allocation.mjs PROGRAM`; prints the bytes of a short round and
 * of a long one, several of each. Needs a nursery that holds a whole round, so that nothing is collected in between.
 */
import { pathToFileURL } from "node:url";
import { getHeapStatistics } from "node:v8";
import { playRound } from "./round.js";

declare const gc: () => void;

const SHORT = 10_000;
const LONG = 110_000;
const ROUNDS = 5;

const [, , path = ""] = process.argv;
const module = (await import(pathToFileURL(path).href)) as { default: () => unknown };
const bytes = { short: [] as number[], long: [] as number[], switches: LONG - SHORT };
for (let i = 0; i < ROUNDS; i++) {
  bytes.short.push(await bytesOf(SHORT));
  bytes.long.push(await bytesOf(LONG));
}
console.log(JSON.stringify(bytes));

async function bytesOf(switches: number): Promise<number> {
  gc();
  const before = getHeapStatistics().used_heap_size;
  await playRound(module.default, switches);
  return getHeapStatistics().used_heap_size - before;
}
