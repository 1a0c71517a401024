/** Async functions: a run that gives a promise. */
import { DONE, makeRun, NORMAL, resume, THROWN, type Poll } from "./run.js";
import { whenSettled } from "./settled.js";

/** Runs `poll` to its first await; the promise of what it returns. */
export function async(poll: Poll): Promise<unknown> {
  const run = makeRun(poll);
  return new Promise((resolve, reject) => {
    const fulfil = (value: unknown): void => goOn(NORMAL, value);
    const fail = (error: unknown): void => goOn(THROWN, error);
    function goOn(how: number, value: unknown): void {
      try {
        if (resume(run, how, value) === DONE) resolve(run.value_);
        else whenSettled(run.value_, fulfil, fail);
      } catch (error) {
        reject(error);
      }
    }
    goOn(NORMAL, undefined);
  });
}

/** As {@link async}, where `make`, which takes the arguments, may throw. */
export function asyncWith(make: (...args: unknown[]) => Poll, args: ArrayLike<unknown>): Promise<unknown> {
  let poll: Poll;
  try {
    poll = make.apply(undefined, args as unknown[]);
  } catch (error) {
    return Promise.reject(error);
  }
  return async(poll);
}
