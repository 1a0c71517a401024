/** Async functions: a run that gives a promise. */
import { defer, whenSettled } from "./engine.js";
import { DONE, makeRun, NORMAL, resume, THROWN, type Poll } from "./run.js";

/** Runs `poll` to its first await; the promise of what it returns. */
export function async(poll: Poll): unknown {
  const run = makeRun(poll);
  const deferred = defer();
  const fulfil = (value: unknown): void => goOn(NORMAL, value);
  const fail = (error: unknown): void => goOn(THROWN, error);
  function goOn(how: number, value: unknown): void {
    let answer: number;
    try {
      answer = resume(run, how, value);
    } catch (error) {
      deferred.reject_(error);
      return;
    }
    if (answer === DONE) deferred.resolve_(run.value_);
    else whenSettled(run.value_, fulfil, fail);
  }
  goOn(NORMAL, undefined);
  return deferred.promise_;
}

/** As {@link async}, where `make`, which takes the arguments, may throw. */
export function asyncWith(make: (...args: unknown[]) => Poll, args: ArrayLike<unknown>): unknown {
  let poll: Poll;
  try {
    poll = make.apply(undefined, args as unknown[]);
  } catch (error) {
    const deferred = defer();
    deferred.reject_(error);
    return deferred.promise_;
  }
  return async(poll);
}
