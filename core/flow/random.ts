/**
 * Makes what gives numbers from 0 up to 1, the same ones for the same `seed`, on every engine: for tries and tests that can be
 * repeated. Give each board a seed of its own, its serial number say. Not for secrets.
 *
 * Cost: O(1); allocates nothing after it is made. Source: xorshift32 of Marsaglia, "Xorshift RNGs", 2003.
 */
export function makeRandom(seed: number): () => number {
  // Of zero it would give zeros; and seeds that differ little would begin alike.
  let state = (seed ^ 0x9e3779b9) | 0 || 1;
  const next = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 4294967296;
  };
  for (let i = 0; i < 4; i++) next();
  return next;
}
