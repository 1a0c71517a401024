/** Messages between two workers, and within one: `node messages.mjs PROGRAM`; prints microseconds for one there and back. */
import { once } from "node:events";
import { pathToFileURL } from "node:url";
import { MessageChannel, Worker } from "node:worker_threads";
import type * as node from "../../targets/node/index.js";
import type * as messages from "../programs/messages.js";

/** Microseconds of each round. */
export interface MessageRounds {
  /** By a channel of all threads, and by `postMessage`: one after the other, then as many under way as fit. */
  readonly shared: readonly number[];
  readonly posted: readonly number[];
  readonly sharedStream: readonly number[];
  readonly postedStream: readonly number[];
  /** Within one thread, by a channel of all threads, and by its own. */
  readonly within: readonly number[];
  readonly own: readonly number[];
}

const COUNT = 10_000;
const ROUNDS = 5;
const ROOM = 16;

const program = pathToFileURL(process.argv[2] ?? "");
const { threads, run, ask, stream, echo, ownAsk, ownEcho } = (await import(program.href)) as typeof messages &
  Pick<typeof node, "threads" | "run">;

const micros = (ms: number): number => (1000 * ms) / COUNT;

async function rounds(one: () => Promise<unknown>): Promise<number[]> {
  await one();
  const all: number[] = [];
  for (let i = 0; i < ROUNDS; i++) {
    const start = performance.now();
    await one();
    all.push(micros(performance.now() - start));
  }
  return all;
}

/** Two workers with a port between them: one answers, the other asks when it is told to. */
const PEER = `
const { parentPort, workerData: { port, asks, room, count } } = require("node:worker_threads");
if (!asks) port.on("message", (n) => port.postMessage(n));
else parentPort.on("message", (under) => {
  const again = () => parentPort.postMessage(got);
  let sent = 0, got = 0;
  const more = () => { while (sent < count && sent - got < under) port.postMessage(sent++); };
  port.removeAllListeners("message");
  port.on("message", () => { if (++got === count) again(); else more(); });
  more();
});`;
const { port1, port2 } = new MessageChannel();
const peer = (port: typeof port1, asks: boolean): Worker =>
  new Worker(PEER, { eval: true, workerData: { port, asks, count: COUNT }, transferList: [port] });
peer(port1, false);
const asker = peer(port2, true);
const post = (under: number): Promise<unknown> => {
  asker.postMessage(under);
  return once(asker, "message");
};

const apart = threads({ workers: 2, program, flavor: "threadPerCore" });
void apart.spawnOn(0, echo).result.catch(() => undefined);
const shared = await rounds(() => apart.spawnOn(1, ask, COUNT).result);
const posted = await rounds(() => post(1));
const sharedStream = await rounds(() => apart.spawnOn(1, stream, COUNT).result);
const postedStream = await rounds(() => post(ROOM));
await apart.terminate();

const together = threads({ workers: 1, program });
void together.spawn(echo).result.catch(() => undefined);
const within = await rounds(() => together.spawn(ask, COUNT).result);
await together.terminate();

const { executor } = run(() => undefined);
executor.spawn(ownEcho, []);
const own = await rounds(() => new Promise<void>((resolve) => executor.spawn(ownAsk, [COUNT, resolve])));

const found: MessageRounds = { shared, posted, sharedStream, postedStream, within, own };
console.log(JSON.stringify(found));
process.exit();
