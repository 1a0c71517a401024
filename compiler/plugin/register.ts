/** `node --import dormouse/register program.ts`: programs, and tests of them, run on Node without a build. */
import { register } from "node:module";
import { getEnvironmentData, isMainThread, setEnvironmentData } from "node:worker_threads";
import { packageRoot } from "../packages.js";
import { answersMemory } from "./answers.js";
import type { HooksData } from "./hooks.js";
import { shownError } from "./shown-error.js";

/** Where workers find what the loader of their program answered. */
const ANSWERS = "dormouse/register";

const known = getEnvironmentData(ANSWERS) as SharedArrayBuffer | undefined;
const answers = known ?? answersMemory();
if (isMainThread) setEnvironmentData(ANSWERS, answers);

process.setSourceMapsEnabled(true);
register<HooksData>("./hooks.js", import.meta.url, { data: { answers, isMain: known === undefined } });

/** What the compiler or the library refuses ends the process with its words; no stack of ours would help. */
function showErrors(): void {
  process.on("uncaughtExceptionMonitor", (error: unknown) => {
    const shown = shownError(error, packageRoot);
    if (shown === undefined || process.listenerCount("uncaughtException") > 0) return;
    process.stderr.write(`${shown}\n`);
    process.exit(1);
  });
}

// Whoever started a worker is told of its errors.
if (isMainThread) showErrors();
