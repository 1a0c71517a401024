/** `node --import dormouse/register program.ts`: programs, and tests of them, run on Node without a build. */
import { register } from "node:module";

process.setSourceMapsEnabled(true);
register("./hooks.js", import.meta.url);

/** What the compiler refuses ends the process with its words alone; no stack of ours would help. */
process.on("uncaughtExceptionMonitor", (error: Error & { readonly isDiagnostic?: unknown }) => {
  if (error.isDiagnostic !== true) return;
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
});
