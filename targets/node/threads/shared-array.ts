/** Memory of all threads, as typed arrays of a module: each thread makes them by the same lines, in the same order. */
import { coded } from "../tool-errors.js";
import { taskStart } from "./tasks/start.js";

/** One of the engine's typed arrays: `Float64Array`. */
export interface ArrayType {
  /** What it makes. */
  readonly prototype: unknown;
  /** As the engine has it. */
  readonly BYTES_PER_ELEMENT: number;
  new (...args: never[]): unknown;
}

/** That of the main thread, by number: workers get them when they start. */
export const declaredArrays: SharedArrayBuffer[] = [];
let count = 0;

/**
 * Makes a typed array that all threads see: at the top of a module, which each of them loads.
 *
 * ```ts
 * const pixels = sharedArray(Uint8Array, 640 * 480);
 * const row = task(async (y: number) => { for (let x = 0; x < 640; x++) pixels[y * 640 + x] = shade(x, y); }, { shared: true });
 * ```
 *
 * It is plain memory: what a task wrote before it ended is there for those who joined it, and what two tasks write at the
 * same time is for `Atomics`. A worker that dies takes nothing of it along.
 *
 * Cost: `length` elements, for as long as the process lives.
 * @throws E420 unless `length` is a whole number, E450 on a worker when the main thread has no such array
 */
export function sharedArray<T extends ArrayType>(type: T, length: number): T["prototype"] {
  if (!(length >= 0) || length % 1 !== 0) {
    throw coded("E420", "length", `${String(length)} is no whole number of at least 0`);
  }
  const bytes = length * type.BYTES_PER_ELEMENT;
  const start = taskStart();
  const number = count++;
  const buffer = start === null ? new SharedArrayBuffer(bytes) : start.arrays[number];
  if (buffer?.byteLength !== bytes) {
    const has = buffer === undefined ? "none" : `${buffer.byteLength}`;
    const advice = "Make all at the top of modules, the same on each thread";
    throw coded(
      "E450",
      `shared array ${number}`,
      `has ${bytes} bytes here, and ${has} on the main thread. ${advice}`,
    );
  }
  if (start === null) declaredArrays.push(buffer);
  return new (type as unknown as new (of: SharedArrayBuffer, at: number, length: number) => unknown)(
    buffer,
    0,
    length,
  );
}
