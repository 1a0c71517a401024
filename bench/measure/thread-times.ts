/** How long each thread of this process has run, as Linux tells. */
import { readFileSync, readdirSync } from "node:fs";

/** Nanoseconds on a CPU, by thread. */
export function threadTimes(): Map<number, number> {
  const ids = readdirSync("/proc/self/task").map(Number);
  return new Map(
    ids.map((id) => [id, Number(readFileSync(`/proc/self/task/${id}/schedstat`, "utf8").split(" ")[0])]),
  );
}
