/** A TCP server of tasks against one of `net` callbacks: CPU per request, 64 connections, 64 bytes each way. */
import { spawn, type ChildProcess } from "node:child_process";
import { connect, type Socket } from "node:net";
import { createInterface } from "node:readline";
import { build } from "esbuild";
import { join } from "node:path";
import { workerSource } from "../../cli/build/worker-source.js";
import { dormouse } from "../../compiler/index.js";
import { nodeDriver, programPath } from "../measure/builds.js";
import { median } from "../measure/statistics.js";
import type { Group } from "../rows.js";

const CONNECTIONS = 64;
const MESSAGE = Buffer.alloc(64, "x");
const REQUESTS = 20_000;
const ROUNDS = 7;

export const echo: Group = {
  title: "TCP echo",
  rows: [{ id: "threads-echo", engine: "v8", unit: "x net", limit: 1.1 }],

  async measure(say) {
    const driver = await nodeDriver("echo-server");
    const servers = [await serverOf([driver]), await serverOf([driver, await program()])] as const;
    const costs = [[], []] as [number[], number[]];
    for (let i = -2; i < ROUNDS; i++) {
      for (const which of [0, 1] as const) {
        say(`${which === 0 ? "net" : "tasks"}, round ${i}`);
        const cost = await servers[which].round();
        if (i >= 0) costs[which].push(cost);
      }
    }
    servers.forEach((server) => server.end());
    const [bare, ours] = [median(costs[0]), median(costs[1])];
    const what = `CPU of the server per request, ${CONNECTIONS} connections, ${MESSAGE.length} bytes`;
    const text = `${ours.toFixed(1)} / ${bare.toFixed(1)} us, medians of ${ROUNDS} rounds by turns`;
    return { "threads-echo": { value: ours / bare, note: `${what}; ${text}` } };
  },
};

/** The server of tasks, compiled. */
async function program(): Promise<string> {
  const outfile = join(DORMOUSE_ROOT, ".build/bench/echo.mjs");
  await build({
    entryPoints: [programPath("echo")],
    outfile,
    bundle: true,
    format: "esm",
    target: "node20",
    platform: "node",
    logLevel: "silent",
    plugins: [dormouse({ backend: "arena", root: DORMOUSE_ROOT }), workerSource()],
  });
  return outfile;
}

interface EchoServer {
  /** Microseconds of the server's CPU per request. */
  round(): Promise<number>;
  end(): void;
}

async function serverOf(args: readonly string[]): Promise<EchoServer> {
  const child = spawn(process.execPath, args, { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const next = async (): Promise<number> => Number((await lines.next()).value);
  const port = await next();
  const sockets = await Promise.all(Array.from({ length: CONNECTIONS }, () => opened(port)));
  return {
    async round() {
      const before = await asked(child, next);
      await Promise.all(sockets.map((socket) => play(socket, REQUESTS / CONNECTIONS)));
      return ((await asked(child, next)) - before) / REQUESTS;
    },
    end() {
      sockets.forEach((socket) => socket.destroy());
      child.kill();
    },
  };
}

function asked(child: ChildProcess, next: () => Promise<number>): Promise<number> {
  child.stdin?.write("cpu\n");
  return next();
}

function opened(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: "127.0.0.1", noDelay: true }, () => {
      resolve(socket);
    });
    socket.on("error", reject);
  });
}

/** Sends `count` messages, each after the answer to the last. */
function play(socket: Socket, count: number): Promise<void> {
  return new Promise((resolve) => {
    let left = count;
    let missing = MESSAGE.length;
    const heard = (data: Buffer): void => {
      missing -= data.length;
      if (missing > 0) return;
      missing = MESSAGE.length;
      if (--left > 0) socket.write(MESSAGE);
      else {
        socket.off("data", heard);
        resolve();
      }
    };
    socket.on("data", heard);
    socket.write(MESSAGE);
  });
}
