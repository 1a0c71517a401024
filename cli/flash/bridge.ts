/**
 * A TCP bridge to Espruino for Linux: flashing without a board.
 *
 * The process behind it is the board. It outlives connections, as a board outlives a pulled cable, keeps its
 * storage in ./espruino.flash of its folder, and starts the program in there when it is started again.
 *
 * On a chip an interrupt fills the queue of input that the interpreter empties: it may come at any moment, but
 * the interpreter never runs in the middle of it. The Linux build has a thread in its place and no lock
 * (targets/linux/jshardware.c), so on two processors the queue goes out of step, old input is read again, and in
 * the end none at all; Ctrl-C gets lost too. On one processor the threads take turns, as on the chip.
 * Measured with a queue that is emptied each millisecond, on a busy machine: one fault in 70 statements on two
 * processors, none in 4000 on one.
 */
import { execFile, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer, type Server, type Socket } from "node:net";
import { killAtExit } from "../engines/child.js";

/** A running Espruino behind a port of this machine. */
export interface Bridge {
  readonly port: number;
  /** What to give to `--port`. */
  readonly name: string;
  /** All the process printed so far. */
  output(): string;
  /** Resolves when the process ended. */
  readonly ended: Promise<void>;
  /** Ends the process, as if the power were cut, and the server. */
  close(): Promise<void>;
}

/** The end of the output that is kept for {@link Bridge.output}. */
const KEPT = 65_536;

/**
 * Starts `binary` in the folder `cwd` and serves it, one connection at a time, on a free port of 127.0.0.1.
 *
 * @throws when the binary cannot be started or the port is taken
 */
export async function startBridge(binary: string, cwd: string, port = 0): Promise<Bridge> {
  // Its input must stay open: at its end, Espruino floods its own buffer.
  const engine = spawn(binary, [], { cwd, stdio: ["pipe", "pipe", "ignore"] });
  await new Promise((started, failed) => engine.once("spawn", started).once("error", failed));
  killAtExit(engine);
  await keepOnOneProcessor(engine.pid ?? 0);
  let client: Socket | undefined;
  let kept = "";
  engine.stdin.on("error", () => undefined);
  engine.stdout.on("data", (bytes: Buffer) => {
    kept = (kept + bytes.toString("latin1")).slice(-KEPT);
    client?.write(bytes);
  });
  const server = createServer((socket) => {
    client?.destroy();
    client = socket.setNoDelay();
    socket.on("error", () => undefined);
    socket.on("data", (bytes) => engine.stdin.write(bytes));
  });
  const ended = new Promise<void>((done) => engine.once("exit", () => done()));
  void ended.then(() => client?.destroy());
  const actual = await listen(server, port).catch((error: unknown) => {
    engine.kill("SIGKILL");
    throw error;
  });
  return {
    port: actual,
    name: `tcp://127.0.0.1:${actual}`,
    output: () => kept,
    ended,
    async close() {
      client?.destroy();
      server.close();
      // It ignores SIGTERM while its REPL runs.
      engine.kill("SIGKILL");
      await ended;
    },
  };
}

/** Keeps all threads of a process on one processor. Where there is no `taskset` (util-linux), they stay apart. */
function keepOnOneProcessor(pid: number): Promise<void> {
  return new Promise((done) => {
    execFile("taskset", ["-a", "-c", "-p", lastProcessor(), String(pid)], () => done());
  });
}

/** The last of those that this process may use: a container may not have the first. */
function lastProcessor(): string {
  try {
    return /^Cpus_allowed_list:.*?(\d+)$/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1] ?? "0";
  } catch {
    return "0";
  }
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((done, failed) => {
    server.once("error", failed);
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      done(typeof address === "object" && address !== null ? address.port : port);
    });
  });
}
