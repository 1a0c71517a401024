/** Tasks that wait for sockets, files, signals and child processes; io.test.ts says what each must report. */
import { Channel, ms, s, sleep, spawn, task, timeout, TIMED_OUT } from "dormouse";
import {
  connect,
  listen,
  openFile,
  run,
  signals,
  startChild,
  threads,
  type TcpServer,
  type TcpSocket,
} from "../../../../../targets/node/index.js";

/** What the test reads. */
export const report: string[] = [];
let left = 0;
let end: () => void = () => undefined;

function over(): void {
  if (--left === 0) end();
}

const echo = task(
  async function echo(socket: TcpSocket) {
    using open = socket;
    const buffer = new Uint8Array(64);
    for (;;) {
      const count = await open.read(buffer);
      if (count === 0) break;
      await open.write(buffer.subarray(0, count));
    }
    await open.end();
  },
  { pool: 16 },
);

const serve = task(async function serve(server: TcpServer) {
  for await (const socket of server) spawn(echo, socket);
  report.push("server closed");
  over();
});

/** Sends `text` in pieces of every length, and reads it back. */
const client = task(
  async function client(port: number, number: number) {
    using socket = await connect({ port });
    const text = `${number} `.repeat(1000);
    const sent = Buffer.from(text);
    const buffer = new Uint8Array(300);
    let back = "";
    for (let at = 0, size = 1; at < sent.length; at += size, size = (size * 3 + 1) % 997) {
      await socket.write(sent.subarray(at, at + size));
      const expected = Math.min(at + size, sent.length);
      while (back.length < expected)
        back += Buffer.from(buffer.subarray(0, await socket.read(buffer))).toString();
    }
    await socket.end();
    const rest = await socket.readChunk();
    report.push(
      back === text && rest === null ? `client ${number} ok` : `client ${number} got ${back.length}`,
    );
    over();
  },
  { pool: 10 },
);

const clients = task(async function clients() {
  const server = await listen({ port: 0 });
  spawn(serve, server);
  for (let i = 0; i < 8; i++) spawn(client, server.port, i);
  while (left > 3) await sleep(ms(1));
  // One that says nothing is given up, and the bytes that come then are for the next read.
  using socket = await connect({ port: server.port });
  const buffer = new Uint8Array(10);
  const first = await timeout(socket.read(buffer), ms(20));
  await socket.write("late");
  const count = await socket.read(buffer);
  report.push(`${first === TIMED_OUT ? "timed out" : first}, then ${count} bytes`);
  server.close();
  over();
});

const failures = task(async function failures() {
  try {
    await connect({ port: 1 });
  } catch (error) {
    report.push((error as Error).message);
  }
  const server = await listen({ port: 0 });
  try {
    await listen({ port: server.port });
  } catch (error) {
    report.push((error as Error).message.replace(/\d{4,}/g, "PORT"));
  }
  const mine = await connect({ port: server.port });
  const theirs = await server.receive();
  mine.close();
  try {
    if (typeof theirs === "object") {
      report.push(`end ${await theirs.read(new Uint8Array(1))}`);
      theirs.close();
    }
    await mine.write("x");
  } catch (error) {
    report.push((error as Error).message.replace(/\d{4,}/g, "PORT"));
  }
  server.close();
  over();
});

const children = task(async function children() {
  using cat = await startChild("cat");
  await cat.stdin.write("through a pipe");
  await cat.stdin.end();
  const buffer = new Uint8Array(100);
  const count = await cat.stdout.read(buffer);
  const { code } = await cat.exit();
  report.push(`cat ${Buffer.from(buffer.subarray(0, count)).toString()} ${code ?? "?"}`);
  const slow = await startChild("sleep", ["100"]);
  const waited = await timeout(slow.exit(), ms(30));
  slow.kill("SIGKILL");
  const { signal } = await slow.exit();
  report.push(`${waited === TIMED_OUT ? "still there" : "gone"}, then ${signal ?? "?"}`);
  try {
    await startChild("no-such-program");
  } catch (error) {
    report.push((error as Error).message);
  }
  over();
});

const files = task(async function files(path: string) {
  using out = await openFile(path, "w");
  for (let i = 0; i < 3; i++) await out.write(Buffer.from(`line ${i}\n`));
  using file = await openFile(path);
  const buffer = new Uint8Array(10);
  let text = "";
  for (;;) {
    const count = await file.read(buffer);
    if (count === 0) break;
    text += Buffer.from(buffer.subarray(0, count)).toString();
  }
  const count = await file.read(buffer, 5);
  report.push(text.split("\n").join("|") + Buffer.from(buffer.subarray(0, count)).toString().slice(0, 1));
  try {
    await openFile("/no/such/file");
  } catch (error) {
    report.push((error as Error).message);
  }
  over();
});

const listenForSignals = task(async function listenForSignals() {
  let seen = "";
  const channel: Channel<string> = signals("SIGUSR2", "SIGHUP");
  process.kill(process.pid, "SIGUSR2");
  await sleep(ms(50));
  process.kill(process.pid, "SIGHUP");
  for await (const name of channel) {
    seen += `${name} `;
    if (name === "SIGHUP") channel.close();
  }
  report.push(`signals ${seen.trim()}`);
  over();
});

function double(n: number): number {
  return 2 * n;
}

function fail(): never {
  throw new RangeError("in a job");
}

function loop(): void {
  for (;;);
}

/** Jobs of worker threads: awaited, thrown out of, given up while they run. */
const jobs = task(async function jobs() {
  const pool = threads({ workers: 1 });
  let seen = `${await pool.call(double, [21])}`;
  try {
    await pool.call(fail);
  } catch (error) {
    seen += ` ${(error as Error).name}`;
  }
  if ((await timeout(pool.call(loop), ms(50))) === TIMED_OUT) seen += " given up";
  seen += ` ${await pool.call(double, [4])}`;
  await pool.close();
  report.push(`jobs ${seen}`);
  over();
});

const guard = task(async function guard() {
  await sleep(s(30));
  report.push("took too long");
  end();
});

function start(path: string): void {
  left = 8 + 2 + 5;
  spawn(guard);
  spawn(clients);
  spawn(failures);
  spawn(children);
  spawn(files, path);
  spawn(listenForSignals);
  spawn(jobs);
}

/** Runs all of it, with a file at `path`. */
export function play(path: string): Promise<void> {
  return new Promise((resolve) => {
    const running = run(() => start(path), { pins: "memory" });
    end = () => {
      running.stop();
      resolve();
    };
  });
}
