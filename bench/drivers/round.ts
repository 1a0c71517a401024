/** The globals that the programs of bench/programs find. */

/** Runs one round of a program; resolves when it is over. */
export function playRound(program: () => unknown, switches: number): Promise<void> {
  return new Promise((resolve) => {
    Object.assign(globalThis, { round: { switches, end: resolve } });
    program();
  });
}
