/**
 * What engines differ in: this is for those with symbols, WeakMap and promises that do as JavaScript says.
 * engine-es5.ts has the same names for those without.
 */
import type { Method } from "./source.js";

export const ITERATOR: PropertyKey = Symbol.iterator;
export const ASYNC_ITERATOR: PropertyKey = Symbol.asyncIterator;

type Callback = (value: unknown) => void;

/** What settles a promise. */
export interface Deferred {
  readonly resolve_: Callback;
  readonly reject_: Callback;
}

const promises = new WeakMap<Deferred, unknown>();

export function defer(): Deferred {
  let resolve_!: Callback;
  let reject_!: Callback;
  const promise = new Promise((resolve, reject) => {
    resolve_ = resolve;
    reject_ = reject;
  });
  const deferred = { resolve_, reject_ };
  promises.set(deferred, promise);
  return deferred;
}

/** The promise that `deferred` settles. */
export function promised(deferred: Deferred): unknown {
  return promises.get(deferred);
}

type Settled<T> = (value: unknown, target: T) => void;

const then = Promise.prototype.then;

/** Calls `fulfil` or `fail`, about `target`, once `value` is settled: what an `await` of it does. */
export function whenSettled<T>(value: unknown, fulfil: Settled<T>, fail: Settled<T>, target: T): void {
  let promise: Promise<unknown>;
  try {
    promise = Promise.resolve(value);
  } catch (error) {
    // What a promise says of its own class threw: an await throws that at once.
    fail(error, target);
    return;
  }
  void then.call(
    promise,
    (result) => fulfil(result, target),
    (error: unknown) => fail(error, target),
  );
}

/** The iterator of a list that has no method for it: here all have one. */
export function listIterator(_items: ArrayLike<unknown>): unknown {
  return undefined;
}

const states = new WeakMap<object, unknown>();

/** Keeps `state` with `object`, where programs cannot see it. */
export function keep(object: object, state: unknown): void {
  states.set(object, state);
}

/** What {@link keep} kept with `object`. */
export function kept(object: unknown): unknown {
  return states.get(object as object);
}

const iterators = Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]())) as object;
const asyncIterators = { [Symbol.asyncIterator]: own };

function own(this: unknown): unknown {
  return this;
}

/** What iterators have in common, `methods` among it. */
export function makePrototype(methods: Record<string, Method>, isAsync: boolean): object {
  const prototype = Object.create(isAsync ? asyncIterators : iterators) as object;
  for (const [name, value] of Object.entries(methods))
    Object.defineProperty(prototype, name, { value, writable: true, configurable: true });
  return prototype;
}
