import { now } from "../clock.js";
import { byChance, grown } from "../flow/pauses.js";
import { checkTries, triesAgain, type RetryOptions } from "../flow/tries.js";
import { sleep } from "../time/sleep.js";
import type { Future, Ticks } from "../types.js";

/**
 * Calls `body` until it does not throw: `await retry(readSensor, { first: ms(10), attempts: 5 })`. Between two tries it
 * pauses, each time longer. Gives what `body` gives; throws the last error when there may be no other try. `body` is told which
 * try it is, from 1: an async function, or one that gives a future.
 *
 * It is compiled into the caller, as an async function of the program. Cost: O(1) besides `body`; allocates nothing.
 * Cancel: ends the try that is on, whose cleanup is awaited, or the pause.
 * @throws E184, E121 for options that make no sense
 */
export async function retry<T>(body: (attempt: number) => Future<T>, options: RetryOptions): Promise<T> {
  checkTries(options);
  const start = now();
  let pause: number = options.first;
  for (let attempt = 1; ; attempt++) {
    let next: Ticks;
    try {
      return await body(attempt);
    } catch (error) {
      next = byChance(options, pause);
      if (!triesAgain(options, error, attempt, start, next)) throw error;
    }
    await sleep(next);
    pause = grown(options, pause);
  }
}
