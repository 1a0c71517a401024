/** A gateway: sensor tasks -> a channel -> Fourier transforms on worker threads -> whoever is connected. */
import { Channel, join, ms, sleep, spawn, task, yieldNow } from "dormouse";
import type { Board } from "dormouse/hal";
import {
  connect,
  listen,
  sharedArray,
  threads,
  type TcpServer,
  type TcpSocket,
  type Threads,
} from "dormouse/node";

const SENSORS = 3;
/** Samples of a block, a power of two, and how many there are in a second. */
const SIZE = 1024;
const RATE = 4096;
/** Blocks that may be under way. */
const BLOCKS = 8;
const REPORTS = 12;

/** A block after the other, each with its real and its imaginary parts. */
const samples = sharedArray(Float64Array, BLOCKS * SIZE * 2);

interface Block {
  readonly sensor: number;
  readonly at: number;
}

/** In place; bits of the index reversed, then butterflies. */
function transform(real: number, imaginary: number): void {
  for (let i = 1, j = 0; i < SIZE; i++) {
    let bit = SIZE >> 1;
    for (; (j & bit) !== 0; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i >= j) continue;
    const sample = samples[real + i]!;
    samples[real + i] = samples[real + j]!;
    samples[real + j] = sample;
  }
  for (let length = 2; length <= SIZE; length *= 2) {
    for (let start = 0; start < SIZE; start += length) butterflies(real + start, imaginary + start, length);
  }
}

function butterflies(real: number, imaginary: number, length: number): void {
  const half = length / 2;
  for (let k = 0; k < half; k++) {
    const angle = (-2 * Math.PI * k) / length;
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    const [re, im] = [samples[real + k + half]!, samples[imaginary + k + half]!];
    const [turnedRe, turnedIm] = [re * cos - im * sin, re * sin + im * cos];
    samples[real + k + half] = samples[real + k]! - turnedRe;
    samples[imaginary + k + half] = samples[imaginary + k]! - turnedIm;
    samples[real + k]! += turnedRe;
    samples[imaginary + k]! += turnedIm;
  }
}

/** The frequency, in Hz, that a block has most of. */
const strongest = task(
  async function strongest(block: number) {
    const real = block * SIZE * 2;
    const imaginary = real + SIZE;
    transform(real, imaginary);
    await yieldNow();
    let best = 1;
    let power = 0;
    for (let k = 1; k < SIZE / 2; k++) {
      const here = samples[real + k]! ** 2 + samples[imaginary + k]! ** 2;
      if (here > power) [best, power] = [k, here];
    }
    return (best * RATE) / SIZE;
  },
  { pool: BLOCKS, shared: true },
);

/** A machine that hums, more quickly with each block, and noise. */
const sense = task(
  async function sense(sensor: number, free: Channel<number>, blocks: Channel<Block>) {
    for (let hertz = 100 * (sensor + 1); ; hertz += 20) {
      const at = await free.receive();
      if (typeof at !== "number") return;
      const first = at * SIZE * 2;
      for (let i = 0; i < SIZE; i++) {
        samples[first + i] = Math.sin((2 * Math.PI * hertz * i) / RATE) + ((i * 7919) % 13) / 26;
        samples[first + SIZE + i] = 0;
      }
      await blocks.send({ sensor, at });
      await sleep(ms(5));
    }
  },
  { pool: SENSORS },
);

/** Has blocks transformed, and tells all who are connected. As many of it as workers, so that all have something to do. */
const analyse = task(
  async function analyse(pool: Threads, blocks: Channel<Block>, free: Channel<number>, clients: TcpSocket[]) {
    for await (const { sensor, at } of blocks) {
      const hertz = await pool.spawn(strongest, at).result;
      await free.send(at);
      const line = bytesOf(`sensor ${sensor}: ${hertz} Hz\n`);
      for (const client of clients) await tell(client, line);
    }
  },
  { pool: 2 },
);

/** One that has gone is no matter. */
async function tell(client: TcpSocket, line: Uint8Array): Promise<void> {
  try {
    await client.write(line);
  } catch {
    client.close();
  }
}

const accept = task(async function accept(server: TcpServer, clients: TcpSocket[]) {
  for await (const client of server) clients.push(client);
});

function bytesOf(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}

/** Somebody who listens, until there was enough. */
const watch = task(async function watch(board: Board, port: number, stop: () => void) {
  using socket = await connect({ port });
  const buffer = new Uint8Array(256);
  let text = "";
  for (let lines = 0; lines < REPORTS;) {
    const count = await socket.read(buffer);
    if (count === 0) break;
    for (let i = 0; i < count; i++) text += String.fromCharCode(buffer[i]!);
    for (let end = text.indexOf("\n"); end >= 0 && lines < REPORTS; end = text.indexOf("\n")) {
      board.console.write(text.slice(0, end));
      text = text.slice(end + 1);
      lines++;
    }
  }
  stop();
});

const gateway = task(async function gateway(board: Board) {
  const pool = threads({ workers: 2 });
  const server = await listen({ port: 0 });
  const clients: TcpSocket[] = [];
  const free = new Channel<number>(BLOCKS);
  const blocks = new Channel<Block>(BLOCKS);
  for (let at = 0; at < BLOCKS; at++) await free.send(at);
  spawn(accept, server, clients);
  spawn(watch, board, server.port, () => {
    free.close();
    blocks.close();
    for (const client of clients) client.close();
    server.close();
  });
  for (let sensor = 0; sensor < SENSORS; sensor++) spawn(sense, sensor, free, blocks);
  const analysts = [];
  for (let i = 0; i < 2; i++) analysts.push(spawn(analyse, pool, blocks, free, clients));
  for (const each of analysts) await join(each);
  await pool.close();
});

export default function main(board: Board): void {
  spawn(gateway, board);
}
