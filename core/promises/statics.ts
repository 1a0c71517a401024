/** `Promise.resolve` and its like, for {@link OwnPromise}: functions of their own, so that bundles hold what they use. */
import { iterate } from "./loop.js";
import { OwnPromise, promiseOf, type Callback } from "./promise.js";

/** Of the language, or of the build for engines without it; ES5's library does not know the word. */
declare const AggregateError: new (errors: unknown[], message: string) => Error;

export const resolve = promiseOf;

export function reject(error: unknown): OwnPromise {
  const promise = new OwnPromise();
  promise.reject_(error);
  return promise;
}

/** Tells `visit` of the promise of each item, and its number; how many there were. */
function visitEach(items: unknown, visit: (promise: OwnPromise, at: number) => void): number {
  let count = 0;
  for (const cursor = iterate(items); cursor.step_(); count++) visit(promiseOf(cursor.value_), count);
  return count;
}

/** Collects an entry for each item, as `watch` gives it to `done`; then calls `end`. */
function collect(
  items: unknown,
  whole: OwnPromise,
  watch: (promise: OwnPromise, done: Callback) => void,
  end: (list: unknown[]) => void,
): OwnPromise {
  const list: unknown[] = [];
  let left = 1;
  const count = (): void => {
    if (--left === 0) end(list);
  };
  try {
    visitEach(items, (promise, at) => {
      left++;
      list.push(undefined);
      watch(promise, (value) => {
        list[at] = value;
        count();
      });
    });
    count();
  } catch (error) {
    whole.reject_(error);
  }
  return whole;
}

export function all(items: unknown): OwnPromise {
  const whole = new OwnPromise();
  const fail = (error: unknown): void => whole.reject_(error);
  const end = (list: unknown[]): void => whole.resolve_(list);
  return collect(items, whole, (promise, done) => promise.then(done, fail), end);
}

export function allSettled(items: unknown): OwnPromise {
  const whole = new OwnPromise();
  const watch = (promise: OwnPromise, done: Callback): void => {
    promise.then(
      (value: unknown) => done({ status: "fulfilled", value }),
      (reason: unknown) => done({ status: "rejected", reason }),
    );
  };
  return collect(items, whole, watch, (list) => whole.resolve_(list));
}

export function any(items: unknown): OwnPromise {
  const whole = new OwnPromise();
  const succeed = (value: unknown): void => whole.resolve_(value);
  const end = (errors: unknown[]): void =>
    whole.reject_(new AggregateError(errors, "All promises were rejected"));
  return collect(items, whole, (promise, done) => promise.then(succeed, done), end);
}

export function race(items: unknown): OwnPromise {
  const first = new OwnPromise();
  try {
    visitEach(items, (promise) => {
      promise.then(
        (value: unknown) => first.resolve_(value),
        (error: unknown) => first.reject_(error),
      );
    });
  } catch (error) {
    first.reject_(error);
  }
  return first;
}

export function withResolvers(): { promise: OwnPromise; resolve: Callback; reject: Callback } {
  const promise = new OwnPromise();
  return {
    promise,
    resolve: (value) => promise.resolve_(value),
    reject: (error) => promise.reject_(error),
  };
}
