/** What a task's `for await` asks for the next item, of what is neither a channel nor a generator of its own. */

/** What an engine has, or its lowering; ES5's library does not know the words. */
declare const Symbol: { readonly asyncIterator: unique symbol; readonly iterator: unique symbol };
declare const Promise: { resolve(value: unknown): { then(done: Callback, failed: Callback): unknown } };

type Callback = (value: unknown) => unknown;

interface Step {
  readonly done?: boolean;
  readonly value: unknown;
}

interface Items {
  next(): Step;
  return?(): unknown;
}

interface Iterable {
  readonly [Symbol.asyncIterator]?: () => unknown;
  readonly [Symbol.iterator]?: () => Items;
  readonly length?: number;
}

/** The async iterator of `source`; one that awaits each item where it has an ordinary one. @throws TypeError */
export function asyncItems(source: Iterable): unknown {
  const own = source[Symbol.asyncIterator];
  if (own) return own.call(source);
  const ordinary = source[Symbol.iterator];
  if (ordinary) return awaiting(ordinary.call(source));
  // Engines without iterators have lists all the same.
  if (typeof source.length !== "number") throw new TypeError("not async iterable");
  let at = 0;
  return awaiting({
    next: () => ({ done: at >= source.length!, value: (source as readonly unknown[])[at++] }),
  });
}

/** An async iterator of the items that `items` gives, each awaited; one that is rejected closes it. */
function awaiting(items: Items): unknown {
  const close = (): unknown => (items.return ? items.return() : undefined);
  const next = (): unknown => {
    const { done, value } = items.next();
    return Promise.resolve(value).then(
      (result) => ({ done, value: result }),
      (error) => {
        if (!done) close();
        throw error;
      },
    );
  };
  return { next, return: close };
}
