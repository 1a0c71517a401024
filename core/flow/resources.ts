/**
 * `using` in functions that no task awaits, as TypeScript lowers it (compiler/emit/using.ts):
 *
 *     const env = { stack: [], error: void 0, hasError: false };
 *     try { const x = hold(env, value, false); ... }
 *     catch (error) { env.error = error; env.hasError = true; }
 *     finally { release(env); }                 and where one `await using` is: const wait = release(env); if (wait) await wait;
 */
import { disposer, suppressing } from "./dispose.js";

/** What an engine's resources are known by; ES5's library does not know the word. */
declare const Symbol: { readonly asyncDispose: unique symbol };

type Method = (this: unknown) => unknown;

interface Held {
  readonly value: unknown;
  readonly method: Method | undefined;
  readonly waits: boolean;
}

/** What one scope holds, and what was thrown in it. */
export interface Resources {
  readonly stack: Held[];
  error: unknown;
  hasError: boolean;
}

/** What `await` takes; it may call either function at once. */
interface Wait {
  then(done: () => void, failed: (error: unknown) => void): void;
}

/** Holds `value` until its scope is left, and gives it back. @throws TypeError where nothing disposes of it */
export function hold<T>(scope: Resources, value: T, waits: boolean): T {
  scope.stack.push({ value, method: (waits && asyncDisposer(value)) || disposer(value), waits });
  return value;
}

function asyncDisposer(value: unknown): Method | undefined {
  if (value === null || value === undefined) return undefined;
  return (value as { readonly [Symbol.asyncDispose]?: Method })[Symbol.asyncDispose];
}

/** Disposes of what `scope` holds, the latest first. @throws what was thrown in the scope, or by a method */
export function release(scope: Resources): Wait | undefined {
  for (let held = scope.stack.pop(); held; held = scope.stack.pop()) {
    try {
      const result = held.method && held.method.call(held.value);
      if (held.waits) return waitFor(scope, result);
    } catch (error) {
      fail(scope, error);
    }
  }
  if (scope.hasError) throw scope.error;
  return undefined;
}

/** Goes on with the rest of `scope` once `result`, perhaps a promise, is settled. */
function waitFor(scope: Resources, result: unknown): Wait {
  return {
    then(done, failed) {
      const goOn = (): void => {
        try {
          const wait = release(scope);
          if (wait) wait.then(done, failed);
          else done();
        } catch (error) {
          failed(error);
        }
      };
      if (!isWait(result)) goOn();
      else
        result.then(goOn, (error) => {
          fail(scope, error);
          goOn();
        });
    },
  };
}

function isWait(value: unknown): value is Wait {
  return typeof value === "object" && value !== null && typeof (value as Wait).then === "function";
}

function fail(scope: Resources, error: unknown): void {
  scope.error = suppressing(scope.hasError ? 1 : 0, scope.error, error);
  scope.hasError = true;
}
