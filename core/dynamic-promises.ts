/** Async functions of uncompiled programs outside of tasks: promises, as everywhere else. */
import { DEV } from "./dev.js";
import { fail } from "./errors.js";
import { isReturned } from "./dynamic-marks.js";
import type { Body, Step } from "./dynamic.js";

type Callback = (value: unknown) => unknown;

interface Thenable {
  then(done: Callback, failed: Callback): unknown;
}

/** What an engine has; ES5's library does not know the word. */
declare const Promise: {
  new (executor: (resolve: Callback, reject: Callback) => void): Thenable;
  resolve(value: unknown): Thenable;
};

/** Whether `value` can be awaited as a promise. */
export function isThenable(value: unknown): boolean {
  return (
    typeof value === "object" && value !== null && typeof (value as Partial<Thenable>).then === "function"
  );
}

/** Runs `make`'s body to its first wait, and gives the promise of what it returns. */
export function plainly(make: () => Body): Thenable {
  return new Promise((resolve, reject) => {
    const body = make();
    const goOn = (next: () => Step): void => {
      let step: Step;
      try {
        step = next();
        while (isReturned(step.value)) step = body.next(step.value.returned_);
      } catch (error) {
        reject(error);
        return;
      }
      if (step.done === true) resolve(step.value);
      else {
        Promise.resolve(step.value).then(
          (value) => goOn(() => body.next(value)),
          (error) => goOn(() => body.throw(error)),
        );
      }
    };
    goOn(() => body.next());
  });
}

/** Ends the start of a task whose function the engine runs itself. */
export function failPlain(name: string, promise: unknown): never {
  const ignore = (): void => undefined;
  // It cannot wait, which is said once.
  if (isThenable(promise)) (promise as PromiseLike<unknown>).then(ignore, ignore);
  return fail(
    "E118",
    name,
    DEV && "is not compiled. Run it by `node --import dormouse/register`, or bundle it with the plugin",
  );
}
