/** Numbers out of noisy runs. */

/** The middle one; the mean of the middle two. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  const upper = sorted[half];
  if (upper === undefined) throw new Error("nothing was measured");
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[half - 1] ?? upper)) / 2;
}

/** The cost of one unit, from two runs that differ in length alone: what both have in common cancels out. */
export function slope(short: number, long: number, units: number): number {
  return (long - short) / units;
}
