/**
 * A TCP bridge to Espruino for Linux: flashing without a board.
 *
 * The process behind it is the board. It outlives connections, as a board outlives a pulled cable, keeps its
 * storage in ./espruino.flash of its folder, and starts the program in there when it is started again.
 *
 * On a chip an interrupt fills the queue of input that the interpreter empties, and what must not be interrupted is
 * not. The Linux build has a thread in its place and no lock (targets/linux/jshardware.c): the queue goes out of
 * step, old input is read again, and in the end none at all. Measured on a busy machine with an interpreter that
 * looks at its queue all the time: one statement in 60 is such an end; in none of 5000 where its threads take turns
 * (take-turns.c), so here they do. Then Ctrl-C waits for its turn like any input, and a signal says it at once.
 */
import { spawn } from "node:child_process";
import { createServer, type Server, type Socket } from "node:net";
import { killAtExit } from "../engines/child.js";
import { turnsEnvironment } from "./take-turns.js";

/** A running Espruino behind a port of this machine. */
export interface Bridge {
  readonly port: number;
  /** What to give to `--port`. */
  readonly name: string;
  /** All the process printed so far. */
  output(): string;
  /** Resolves when the process ended, with how. */
  readonly ended: Promise<string>;
  /** Ends the process, as if the power were cut, and the server. */
  close(): Promise<void>;
}

/** The end of the output that is kept for {@link Bridge.output}. */
const KEPT = 65_536;
const CTRL_C = 3;

/**
 * Starts `binary` in the folder `cwd` and serves it, one connection at a time, on a free port of 127.0.0.1.
 *
 * @throws when the binary cannot be started or the port is taken
 */
export async function startBridge(binary: string, cwd: string, port = 0): Promise<Bridge> {
  // Its input must stay open: at its end, Espruino floods its own buffer.
  const env = await turnsEnvironment();
  const engine = spawn(binary, [], { cwd, env, stdio: ["pipe", "pipe", "ignore"] });
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
    socket.on("data", (bytes) => {
      engine.stdin.write(bytes);
      // Before its first words it would end by this signal.
      if (bytes.includes(CTRL_C) && kept !== "") engine.kill("SIGINT");
    });
  });
  const ended = new Promise<string>((done) => {
    engine.once("exit", (code, signal) =>
      done(signal === null ? `exit code ${code ?? "unknown"}` : `signal ${signal}`),
    );
  });
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

function listen(server: Server, port: number): Promise<number> {
  return new Promise((done, failed) => {
    server.once("error", failed);
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      done(typeof address === "object" && address !== null ? address.port : port);
    });
  });
}
