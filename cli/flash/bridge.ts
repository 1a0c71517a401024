/**
 * A TCP bridge to Espruino for Linux: flashing without a board.
 *
 * The process behind it is the board. It outlives connections, as a board outlives a pulled cable, keeps its
 * storage in ./espruino.flash of its folder, and starts the program in there when it is started again.
 *
 * Its input has a fault that no board has: a thread of its own fills the queue that the interpreter empties,
 * without a lock (targets/linux/jshardware.c). Where both happen at once the queue goes out of step, old input
 * is read again, and in the end nothing is read at all: on a busy machine about one upload of 20 kB in fifty.
 * The uploader repeats what is lost; a process that reads nothing any more must be started again.
 */
import { spawn } from "node:child_process";
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
const GATHER_MS = 4;

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
    socket.on(
      "data",
      gather((bytes) => engine.stdin.write(bytes)),
    );
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

/** Hands on in one piece what arrives within a moment: the fewer bursts, the rarer the fault above. */
function gather(deliver: (bytes: Buffer) => void): (bytes: Buffer) => void {
  let pieces: Buffer[] = [];
  return (bytes) => {
    if (pieces.push(bytes) > 1) return;
    setTimeout(() => {
      deliver(Buffer.concat(pieces));
      pieces = [];
    }, GATHER_MS);
  };
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
