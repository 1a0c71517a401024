/**
 * `engine.ts` for engines without symbols: a text stands for each, that Espruino lists nowhere
 * (compiler/espruino/builtins).
 */
import { OwnPromise, promiseOf, queue, type Callback } from "./promise.js";
import type { Iterator_, Method } from "./source.js";

export const ITERATOR: PropertyKey = "\xFF@iterator";
export const ASYNC_ITERATOR: PropertyKey = "\xFF@asyncIterator";

export function defer(): OwnPromise {
  return new OwnPromise();
}

export function promised(deferred: OwnPromise): OwnPromise {
  return deferred;
}

export function whenSettled<T>(value: unknown, fulfil: Settled<T>, fail: Settled<T>, target: T): void {
  if (typeof value === "object" || typeof value === "function")
    promiseOf(value).react_(fulfil, fail, null, target);
  else queue(fulfil as Callback, value, null, target);
}

type Settled<T> = (value: unknown, target: T) => void;

/** The iterator of an array, a text or what is like them. */
export function listIterator(items: ArrayLike<unknown>): Iterator_ | undefined {
  if (typeof items.length !== "number") return undefined;
  let at = 0;
  const next = (): object =>
    at < items.length ? { value: items[at++], done: false } : { value: undefined, done: true };
  return { next, throw: undefined, return: undefined };
}

export function keep(object: object, state: unknown): void {
  (object as { state_: unknown }).state_ = state;
}

export function kept(object: unknown): unknown {
  return (object as { state_: unknown }).state_;
}

function own(this: unknown): unknown {
  return this;
}

export function makePrototype(methods: Record<string, Method>, isAsync: boolean): object {
  (methods as Record<PropertyKey, Method>)[isAsync ? ASYNC_ITERATOR : ITERATOR] = own;
  return methods;
}
