/** Child processes of engines: none outlives the process that started it, unless that is killed. */
import type { ChildProcess } from "node:child_process";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

const alive = new Set<ChildProcess>();

/** Kills `child` when this process exits or dies of a signal, unless it ended before. */
export function killAtExit(child: ChildProcess): void {
  if (alive.size === 0) watchProcess();
  alive.add(child);
  const forget = (): void => {
    if (alive.delete(child) && alive.size === 0) unwatchProcess();
  };
  // A process that does not start has no exit.
  child.once("exit", forget).once("error", forget);
}

function watchProcess(): void {
  process.on("exit", killAll);
  for (const signal of SIGNALS) process.on(signal, onSignal);
}

function unwatchProcess(): void {
  process.off("exit", killAll);
  for (const signal of SIGNALS) process.off(signal, onSignal);
}

/** Engines ignore the gentle signals while they are busy. */
function killAll(): void {
  for (const child of alive) child.kill("SIGKILL");
}

/** A listener takes the default action away, so it is done here; where there is another listener, that decides. */
function onSignal(signal: NodeJS.Signals): void {
  if (process.listenerCount(signal) > 1) return;
  killAll();
  unwatchProcess();
  process.kill(process.pid, signal);
}
