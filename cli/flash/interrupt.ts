/** Ctrl-C while a board is written to. */

/** `npm run` hands on the signal that the terminal has given already: two so close are one. */
const SAME_MS = 500;

/**
 * Does `work`, whose signal Ctrl-C aborts, so that it can leave the board whole.
 *
 * @param giveUp - called at the second Ctrl-C, before the process ends
 */
export async function interruptible<T>(
  work: (signal: AbortSignal) => Promise<T>,
  giveUp: () => void,
): Promise<T> {
  const controller = new AbortController();
  let first = 0;
  const onInterrupt = (): void => {
    if (!controller.signal.aborted) {
      first = performance.now();
      controller.abort();
    } else if (performance.now() - first > SAME_MS) {
      giveUp();
      process.exit(1);
    }
  };
  process.on("SIGINT", onInterrupt);
  try {
    return await work(controller.signal);
  } finally {
    process.off("SIGINT", onInterrupt);
  }
}
