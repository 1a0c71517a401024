/** Async functions: a run that gives a promise. */
import { defer, promised, whenSettled, type Deferred } from "./engine.js";
import { DONE, NORMAL, resume, THROWN, type Poll, type Run } from "./run.js";

interface AsyncRun extends Run {
  readonly deferred_: Deferred;
}

/** Runs `poll` to its first await; the promise of what it returns. */
export function async(poll: Poll): unknown {
  const deferred_ = defer();
  const run: AsyncRun = {
    poll_: poll,
    pc_: 0,
    handler_: 0,
    how_: NORMAL,
    value_: undefined,
    deferred_,
  };
  goOn(run, NORMAL, undefined);
  return promised(deferred_);
}

function goOn(run: AsyncRun, how: number, value: unknown): void {
  let answer: number;
  try {
    answer = resume(run, how, value);
  } catch (error) {
    run.deferred_.reject_(error);
    return;
  }
  if (answer === DONE) run.deferred_.resolve_(run.value_);
  else whenSettled(run.value_, fulfil, fail, run);
}

function fulfil(value: unknown, run: AsyncRun): void {
  goOn(run, NORMAL, value);
}

function fail(error: unknown, run: AsyncRun): void {
  goOn(run, THROWN, error);
}

/** As {@link async}, where `make`, which takes the arguments, may throw. */
export function asyncWith(make: (...args: unknown[]) => Poll, args: ArrayLike<unknown>): unknown {
  let poll: Poll;
  try {
    poll = make.apply(undefined, args as unknown[]);
  } catch (error) {
    const deferred = defer();
    deferred.reject_(error);
    return promised(deferred);
  }
  return async(poll);
}
