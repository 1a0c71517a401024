/**
 * The processes that hold lines. A line is released when its process ends, so none may outlive the program:
 *
 *   the program ends, or dies of SIGINT, SIGTERM, SIGHUP   they are ended here
 *   it is killed                                           the kernel ends them (`setpriv --pdeathsig`, util-linux)
 */
import { spawn, spawnSync, type ChildProcessByStdio } from "node:child_process";
import type { Readable, Writable } from "node:stream";

/** A tool whose three streams are pipes. */
export type Child = ChildProcessByStdio<Writable, Readable, Readable>;

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

const alive = new Set<Child>();

let guard: readonly string[] | null = null;

/**
 * Starts `tool`, which keeps nobody's process alive until `ref()` is called on it. `ended` is called once, with what
 * it wrote to stderr, or with why it could not be started.
 */
export function startChild(tool: string, args: readonly string[], ended: (text: string) => void): Child {
  const [file = tool, ...rest] = [...guarded(), tool, ...args];
  // A session of its own: Ctrl-C reaches the program alone, whose tasks may still want to put their lines at rest.
  const child = spawn(file, rest, { stdio: ["pipe", "pipe", "pipe"], detached: true });
  watchProcess();
  alive.add(child);
  let text = "";
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
  // Writing to a tool that has just ended is no news: its end is.
  child.stdin.on("error", () => undefined);
  child.once("error", (error) => {
    end(child, error.message, ended);
  });
  child.once("close", () => {
    end(child, text, ended);
  });
  unref(child);
  return child;
}

/** Ends `child`, if it still runs. */
export function endChild(child: Child): void {
  child.kill("SIGTERM");
}

function end(child: Child, text: string, ended: (text: string) => void): void {
  // `error` and `close` both come for a process that could not be started.
  if (!alive.delete(child)) return;
  if (alive.size === 0) unwatchProcess();
  ended(text);
}

function unref(child: Child): void {
  child.unref();
  // Pipes are sockets, which their types do not say.
  for (const stream of [child.stdin, child.stdout, child.stderr] as unknown as { unref(): void }[])
    stream.unref();
}

function guarded(): readonly string[] {
  if (guard === null) {
    const words = ["setpriv", "--pdeathsig", "TERM"];
    guard = spawnSync("setpriv", [...words.slice(1), "true"], { stdio: "ignore" }).status === 0 ? words : [];
  }
  return guard;
}

function watchProcess(): void {
  if (alive.size > 0) return;
  process.on("exit", endAll);
  for (const signal of SIGNALS) process.on(signal, onSignal);
}

function unwatchProcess(): void {
  process.off("exit", endAll);
  for (const signal of SIGNALS) process.off(signal, onSignal);
}

function endAll(): void {
  for (const child of alive) endChild(child);
}

/** A listener takes the default action away, so it is done here; an author's own listener decides for itself. */
function onSignal(signal: NodeJS.Signals): void {
  if (process.listenerCount(signal) > 1) return;
  endAll();
  unwatchProcess();
  process.kill(process.pid, signal);
}
