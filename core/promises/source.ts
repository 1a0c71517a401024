/** Iterators, however they were made: found, asked for the next item, closed. */
import { ITERATOR, listIterator } from "./engine.js";
import { THROWN } from "./run.js";

export type Method = (...args: unknown[]) => unknown;

export interface Iterator_ {
  readonly next: unknown;
  readonly throw: unknown;
  readonly return: unknown;
}

/** An iterator whose `next` was looked up. */
export interface Source {
  readonly iterator_: Iterator_;
  readonly next_: Method;
}

export interface Step {
  readonly done?: unknown;
  readonly value?: unknown;
}

/** The function `key` of `object`; undefined where there is none. @throws when it is something else */
export function methodOf(object: unknown, key: PropertyKey): Method | undefined {
  const method = (object as Record<PropertyKey, unknown>)[key];
  if (method === undefined || method === null) return undefined;
  if (typeof method !== "function") throw new TypeError(String(key) + " is no function");
  return method as Method;
}

/** `given`, which an iterator gave. @throws when it is no object */
export function requireObject(given: unknown): Iterator_ & Step {
  if ((typeof given === "object" && given !== null) || typeof given === "function")
    return given as Iterator_ & Step;
  throw new TypeError("what an iterator gives must be an object");
}

/** The iterator of `items`. */
export function sourceOf(items: unknown): Source {
  const method = methodOf(items, ITERATOR);
  const given = method === undefined ? listIterator(items as ArrayLike<unknown>) : method.call(items);
  if (method === undefined && given === undefined) throw new TypeError("not iterable");
  return sourceFrom(given);
}

export function sourceFrom(given: unknown): Source {
  const iterator = requireObject(given);
  return { iterator_: iterator, next_: iterator.next as Method };
}

/** Closes `source`, which is left early: how it is left, a throw or something else, decides whose errors count. */
export function close({ iterator_ }: Source, how: number): void {
  if (how !== THROWN) {
    const method = methodOf(iterator_, "return");
    if (method !== undefined) requireObject(method.call(iterator_));
    return;
  }
  try {
    methodOf(iterator_, "return")?.call(iterator_);
  } catch {
    // The first error is worth more.
  }
}
