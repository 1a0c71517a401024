/**
 * How often something took how long, in buckets that double: words that one thread counts up and all may read.
 *
 *   bucket   0      1      2        3        ...   23
 *   us       0      1      2, 3     4 to 7         4 s and more
 */

export const BUCKETS = 24;

/** Counts one of `micros`, a whole number; the buckets are the words from `at` on. */
export function record(words: Int32Array, at: number, micros: number): void {
  const bucket = micros <= 0 ? 0 : 32 - Math.clz32(micros);
  words[at + (bucket < BUCKETS ? bucket : BUCKETS - 1)]!++;
}

/** Times of many, as far as buckets tell them. In milliseconds. */
export class Histogram {
  /** How many there were in each bucket: bucket 0 is below 1 us, and each is as wide as all before it together. */
  readonly counts: readonly number[];
  /** How many there were in all. */
  readonly count: number;

  /** @internal */
  constructor(counts: readonly number[]) {
    this.counts = counts;
    this.count = counts.reduce((sum, each) => sum + each, 0);
  }

  /** What `share` of them, from 0 to 1, took at most: the upper bound of a bucket. 0 when there were none. */
  atMost(share: number): number {
    let left = share * this.count;
    const bucket = this.counts.findIndex((each) => (left -= each) <= 0);
    return this.count === 0 ? 0 : 2 ** bucket / 1000;
  }
}

/** That of `BUCKETS` words from `at` on. */
export function histogramAt(words: Int32Array, at: number): Histogram {
  return new Histogram([...words.subarray(at, at + BUCKETS)]);
}

/** All of them in one. */
export function sumOf(all: readonly Histogram[]): Histogram {
  return new Histogram(
    Array.from({ length: BUCKETS }, (_, i) => all.reduce((sum, { counts }) => sum + counts[i]!, 0)),
  );
}
