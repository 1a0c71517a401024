/** `node --import dormouse/register program.ts`: programs, and tests of them, run on Node without a build. */
import { register } from "node:module";
import { getEnvironmentData, isMainThread, setEnvironmentData } from "node:worker_threads";
import { answersMemory } from "./answers.js";
import type { HooksData } from "./hooks.js";

/** Where workers find what the loader of their program answered. */
const ANSWERS = "dormouse/register";

const known = getEnvironmentData(ANSWERS) as SharedArrayBuffer | undefined;
const answers = known ?? answersMemory();
if (isMainThread) setEnvironmentData(ANSWERS, answers);

process.setSourceMapsEnabled(true);
register<HooksData>("./hooks.js", import.meta.url, { data: { answers, isMain: known === undefined } });

/** What the compiler refuses ends the process with its words alone; no stack of ours would help. */
process.on("uncaughtExceptionMonitor", (error: Error & { readonly isDiagnostic?: unknown }) => {
  if (error.isDiagnostic !== true) return;
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
});
