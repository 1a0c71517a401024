/** One clock of all threads of the process. */

/** Monotonic milliseconds. */
export function hostMilliseconds(): number {
  const [s, ns] = process.hrtime();
  return s * 1000 + ns / 1e6;
}

/** `hrtime` makes a list: `performance.now()` does not, and counts from the start of each thread. */
const OFFSET = hostMilliseconds() - performance.now();

/** Microseconds as 32 bits, which wrap after 71 minutes: for differences. */
export function microseconds(): number {
  return ((performance.now() + OFFSET) * 1000) | 0;
}

const START = microseconds();

/** Milliseconds since this thread loaded the library, of a moment in {@link microseconds}. */
export function sinceStart(micros: number): number {
  return ((micros - START) | 0) / 1000;
}
