/** Child processes of engines: none outlives the process that started it. */
import type { ChildProcess } from "node:child_process";

/** Kills `child` when this process exits, unless it ended before. */
export function killAtExit(child: ChildProcess): void {
  const kill = (): void => {
    child.kill("SIGKILL");
  };
  process.once("exit", kill);
  child.once("exit", () => {
    process.removeListener("exit", kill);
  });
}
