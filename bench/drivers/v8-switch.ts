/** Times rounds of two modules by turns: `node v8-switch.mjs OURS PEER`; prints `{ours, peer}`, ns a switch each. */
import { pathToFileURL } from "node:url";
import { playRound } from "./round.js";

const SWITCHES = 200_000;
const WARM_UP = 3;
const ROUNDS = 25;

const [, , ourPath = "", peerPath = ""] = process.argv;
const [ours, peer] = [await load(ourPath), await load(peerPath)];
const times = { ours: [] as number[], peer: [] as number[] };
for (let i = -WARM_UP; i < ROUNDS; i++) {
  const own = await timeOf(ours);
  const other = await timeOf(peer);
  if (i < 0) continue;
  times.ours.push(own);
  times.peer.push(other);
}
console.log(JSON.stringify(times));

async function load(path: string): Promise<() => unknown> {
  const module = (await import(pathToFileURL(path).href)) as { default: () => unknown };
  return module.default;
}

async function timeOf(program: () => unknown): Promise<number> {
  const start = process.hrtime.bigint();
  await playRound(program, SWITCHES);
  return Number(process.hrtime.bigint() - start) / SWITCHES;
}
