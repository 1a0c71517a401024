/** Errors in a function that a task calls, in a task, and at the start: a board tells of each, with its line. */
import { ms, sleep, spawn, task } from "dormouse";

interface Box {
  readonly value?: { readonly size: number };
}

function sizeOf(box: Box): number {
  return box.value!.size + 1;
}

export const reads = task(async function reads(box: Box) {
  await sleep(ms(5));
  return sizeOf(box);
});

export const throws = task(async function throws(limit: number) {
  for (let i = 0; ; i++) {
    await sleep(ms(2));
    // A class that Espruino lacks.
    if (i > limit) throw new RangeError("too far");
  }
});

function fail(): void {
  spawn(throws, 2);
  throw new Error("no start");
}

export default function main(): void {
  spawn(reads, {});
  fail();
}
