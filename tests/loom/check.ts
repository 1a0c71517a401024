/** Scenarios against the shipped code, and against changed code. */
import { evaluate } from "./load.js";
import { explore, type Outcome, type Scenario } from "./explore.js";
import type { Machine } from "./machine.js";

/** The structures, each with scenarios of its own. */
export const FILES = [
  "lifo-slot",
  "deque",
  "ring",
  "task-word",
  "parking",
  "channel",
  "rounds",
  "owner",
  "latest",
  "semaphore",
  "waiting",
  "queues",
  "places",
  "recover",
  "ends",
];

/** More scenarios, of files that are not changed by the mutants. */
export const MORE = ["jobs", "loop", "lane", "observer"];

/** The shipped file that the scenarios of `file` are about. */
export const shipped = (file: string): string =>
  file === "jobs"
    ? "targets/node/threads/memory.ts"
    : file === "lane"
      ? "targets/node/threads/worker/loop.ts"
      : `targets/node/threads/${OF_TASKS.includes(file) ? "tasks" : "lock-free"}/${file}.ts`;

const OF_TASKS = ["queues", "places", "recover", "loop", "ends", "observer"];

/** The scenarios in a bundle, without running any. */
export function scenariosIn(text: string): readonly Scenario[] {
  return evaluate(text)({} as Machine["atomics"], {} as Machine["ghosts"]).scenarios;
}

/** What is wrong with the code in `text` by one scenario, with the way there; null when nothing is. */
export function fault(text: string, { name, sees = [] }: Scenario, most?: number): string | null {
  let outcome: Outcome;
  try {
    outcome = explore(evaluate(text), name, most);
  } catch (error) {
    // It failed before any thread began.
    return String(error);
  }
  const { found, seen, isComplete, states } = outcome;
  if (found !== null) return [found.text, ...found.trace].join("\n  ");
  const missing = sees.filter((each) => !seen.has(each));
  if (missing.length > 0) return `no run has seen: ${missing.join(", ")}`;
  return isComplete ? null : `more than ${states} states`;
}
