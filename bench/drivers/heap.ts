/** Heap that a module's sleeping tasks take: `node --expose-gc heap.mjs PATH`; prints the bytes of all. */
import { pathToFileURL } from "node:url";

declare const gc: () => void;

/** An hour: nobody wakes while it is measured. */
const SPAN = 3_600_000;

Object.assign(globalThis, { round: { span: SPAN, lateness: [], end: () => undefined } });
const before = await used();
const { default: start } = (await import(pathToFileURL(process.argv[2] ?? "").href)) as {
  default: () => unknown;
};
start();
console.log(JSON.stringify((await used()) - before));
process.exit();

async function used(): Promise<number> {
  // Until what is spawned sleeps.
  await new Promise((resolve) => setTimeout(resolve, 300));
  gc();
  gc();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
