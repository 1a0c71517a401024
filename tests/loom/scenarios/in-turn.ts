/** A thread that does `steps` one after the other, each in a call of its own: what it saw before is forgotten. */
export function inTurn(steps: readonly (() => void)[]) {
  return (local: number[]): boolean => {
    const [step = 0] = local;
    steps[step]!();
    local[0] = step + 1;
    return step + 1 === steps.length;
  };
}

/** Ends the search unless `isSo`. */
export function expect(isSo: boolean, what: string): void {
  if (!isSo) loom.fail(`not so: ${what}`);
}
