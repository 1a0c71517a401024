/** Ctrl-C while a board is written to. */

/** `npm run` hands on the signal that the terminal has given already: two so close are one. */
const SAME_MS = 500;

/**
 * Does `work`, whose signal Ctrl-C aborts, so that it can leave the board whole.
 *
 * @param impatient - makes the error that a second Ctrl-C ends the waiting with
 */
export async function interruptible<T>(
  work: (signal: AbortSignal) => Promise<T>,
  impatient: () => Error,
): Promise<T> {
  const controller = new AbortController();
  let first = 0;
  let giveUp: (error: Error) => void = () => undefined;
  const givenUp = new Promise<never>((_, failed) => (giveUp = failed));
  const onInterrupt = (): void => {
    if (!controller.signal.aborted) {
      first = performance.now();
      controller.abort();
    } else if (performance.now() - first > SAME_MS) giveUp(impatient());
  };
  process.on("SIGINT", onInterrupt);
  try {
    return await Promise.race([work(controller.signal), givenUp]);
  } finally {
    process.off("SIGINT", onInterrupt);
  }
}
