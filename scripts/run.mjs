/** Runs a TypeScript file: `node scripts/run.mjs <file.ts> [args...]`. */
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { bundle, BundleError } from "./bundle.mjs";

const [file, ...args] = process.argv.slice(2);
if (file === undefined) fail("usage: node scripts/run.mjs <file.ts> [args...]");

const bundled = await bundle(file).catch((error) => {
  if (error instanceof BundleError) fail(error.message.trimEnd());
  throw error;
});
process.argv = [process.argv[0], resolve(file), ...args];
process.setSourceMapsEnabled(true);
await import(pathToFileURL(bundled).href);

function fail(message) {
  console.error(message);
  process.exit(1);
}
