/** Models: random runs of the real thing beside a naive twin. */
import fc from "fast-check";

/** How many times as many runs as usual: `RUNS=50 npm test -- model` after a change. */
const FACTOR = Number(process.env["RUNS"] ?? 1);

/**
 * Calls `property` with `runs` random values. One for which it throws is shrunk, and printed with the seed and the
 * path that give it again: `SEED=... PATH_TO=... npm test -- model/...`.
 */
export function check<T>(values: fc.Arbitrary<T>, property: (value: T) => void, runs = 1000): void {
  const { SEED, PATH_TO } = process.env;
  fc.assert(fc.property(values, property), {
    numRuns: Math.ceil(runs * FACTOR),
    includeErrorInReport: true,
    ...(SEED === undefined ? {} : { seed: Number(SEED) }),
    ...(PATH_TO === undefined ? {} : { path: PATH_TO }),
  });
}

/** A whole number below `limit`. */
export function below(limit: number): fc.Arbitrary<number> {
  return fc.nat({ max: limit - 1 });
}
