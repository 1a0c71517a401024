/** A service of counters on N workers that share nothing: each has its own port, its own connections, its own counters. */
import { join, ms, sleep, spawn, task } from "dormouse";
import type { Board } from "dormouse/hal";
import { connect, listen, sharedArray, threads, type TcpSocket } from "dormouse/node";

const WORKERS = 2;
const CLIENTS = 4;
const KEYS = 20;
/** Of each client. */
const REQUESTS = 200;

/** The port of each worker, once it listens, and the requests that it answered. */
const ports = sharedArray(Int32Array, WORKERS);
const answered = sharedArray(Int32Array, WORKERS);

/** Of this worker alone: no lock, and no other thread to wait for. */
const counters: number[] = [];

/** Fills `buffer`; false when the other side has ended. */
async function readWhole(socket: TcpSocket, buffer: Uint8Array): Promise<boolean> {
  for (let at = 0; at < buffer.length;) {
    const count = await socket.read(buffer.subarray(at));
    if (count === 0) return false;
    at += count;
  }
  return true;
}

/** Answers each request, a key in one byte, by how often that was asked for, in two. */
const answer = task(
  async function answer(socket: TcpSocket, worker: number) {
    using open = socket;
    const request = new Uint8Array(1);
    const reply = new Uint8Array(2);
    while (await readWhole(open, request)) {
      const key = request[0] ?? 0;
      const count = (counters[key] ?? 0) + 1;
      counters[key] = count;
      answered[worker] = (answered[worker] ?? 0) + 1;
      reply[0] = count >> 8;
      reply[1] = count & 255;
      await open.write(reply);
    }
  },
  { pool: 16 },
);

const serve = task(async function serve(worker: number) {
  const server = await listen({ port: 0 });
  ports[worker] = server.port;
  for await (const socket of server) spawn(answer, socket, worker);
});

/** Begins on the worker that is to serve, and says when that listens. What it spawns has sockets, and so stays there. */
const open = task(
  async function open(worker: number) {
    spawn(serve, worker);
    while (ports[worker] === 0) await sleep(ms(1));
    return ports[worker]!;
  },
  { pool: WORKERS, shared: true },
);

/** Asks the worker that has the key: clients know where each is. */
const ask = task(
  async function ask(client: number) {
    const sockets: TcpSocket[] = [];
    for (let i = 0; i < WORKERS; i++) sockets.push(await connect({ port: ports[i]! }));
    const request = new Uint8Array(1);
    const reply = new Uint8Array(2);
    let most = 0;
    for (let i = 0; i < REQUESTS; i++) {
      const key = (i * 7 + client) % KEYS;
      const socket = sockets[key % WORKERS]!;
      request[0] = key;
      await socket.write(request);
      await readWhole(socket, reply);
      most = Math.max(most, reply[0]! * 256 + reply[1]!);
    }
    for (const socket of sockets) socket.close();
    return most;
  },
  { pool: CLIENTS },
);

const run = task(async function run(board: Board) {
  const pool = threads({ workers: WORKERS, flavor: "threadPerCore" });
  for (let worker = 0; worker < WORKERS; worker++) {
    await pool.spawnOn(worker, open, worker).result;
    board.console.write(`worker ${worker} serves its keys at a port of its own`);
  }
  const clients = [];
  for (let client = 0; client < CLIENTS; client++) clients.push(spawn(ask, client));
  let most = 0;
  for (const client of clients) most = Math.max(most, await join(client));
  for (let worker = 0; worker < WORKERS; worker++) {
    board.console.write(`worker ${worker} answered ${answered[worker]} requests`);
  }
  board.console.write(`the last key was asked for ${most} times`);
  await pool.close();
});

export default function main(board: Board): void {
  spawn(run, board);
}
