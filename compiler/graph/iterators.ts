/** Iterators of the author's objects, asked by hand: loops and patterns may wait between two items. */
import type { Builder } from "./builder.js";

/** The iterator of `value`, an iterable. */
export function iteratorText(b: Builder, value: string): string {
  // Espruino's lowering has the helper, which knows arrays and texts too.
  return b.hasIterators ? `(${value})[Symbol.iterator]()` : `__values(${value})`;
}

/** Closes `iterator` where `isOpen`: what went over it was left with the completion `code`. */
export function closeIterator(b: Builder, iterator: string, isOpen: string, code: string): void {
  const close = `${iterator}.return();`;
  // An error of the body is worth more than one of the iterator.
  b.line(
    `if (${isOpen} && ${iterator}.return) { if (${code} === 1) try { ${close} } catch {} else ${close} }`,
  );
}
