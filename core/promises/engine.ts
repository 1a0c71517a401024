/**
 * What engines differ in: this is for those with symbols and WeakMap. engine-es5.ts has the same names for those
 * without.
 */
import type { Method } from "./source.js";

export const ITERATOR: PropertyKey = Symbol.iterator;
export const ASYNC_ITERATOR: PropertyKey = Symbol.asyncIterator;

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
