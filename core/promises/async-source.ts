/** Async iterators: an object's own, or one over what its ordinary iterator gives. */
import { ASYNC_ITERATOR, defer, promised, whenSettled } from "./engine.js";
import { THROWN } from "./run.js";
import { close, methodOf, requireObject, sourceFrom, sourceOf, type Source } from "./source.js";

/** The async iterator of `items`. */
export function asyncSourceOf(items: unknown): Source {
  const method = methodOf(items, ASYNC_ITERATOR);
  return method === undefined ? awaiting(sourceOf(items)) : sourceFrom(method.call(items));
}

/** Awaits each item of `source`; one that cannot be awaited closes it. */
function awaiting(source: Source): Source {
  const { iterator_: inner, next_ } = source;
  const give = (get: () => unknown, closes: boolean): unknown => {
    const deferred = defer();
    try {
      const step = requireObject(get());
      const done = !!step.done;
      const fail = (error: unknown): void => {
        if (closes && !done) close(source, THROWN);
        deferred.reject_(error);
      };
      whenSettled(step.value, (value) => deferred.resolve_({ value, done }), fail, null);
    } catch (error) {
      deferred.reject_(error);
    }
    return promised(deferred);
  };
  const next = (...args: unknown[]) => give(() => next_.apply(inner, args), true);
  const iterator = {
    next,
    return: (...args: unknown[]) =>
      give(() => {
        const method = methodOf(inner, "return");
        return method === undefined ? { value: args[0], done: true } : method.apply(inner, args);
      }, false),
    throw: (...args: unknown[]) =>
      give(() => {
        const method = methodOf(inner, "throw");
        if (method !== undefined) return method.apply(inner, args);
        close(source, 0);
        throw new TypeError("the iterator has no throw");
      }, true),
  };
  return { iterator_: iterator, next_: next };
}
