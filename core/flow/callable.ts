/** Async functions as values in compiled programs. */

/** What stands for an async function where it is a value: its number, and the boxes of what it captures. */
interface Callable {
  (): never;
  is_: number;
  held_: readonly unknown[] | undefined;
}

/**
 * Makes the value of the async function with number `is_`, which tasks run by its number. Code that no task runs cannot:
 * the compiler refuses such calls where it sees them.
 */
export function callable(is_: number, held_?: readonly unknown[]): Callable {
  const value = function (): never {
    throw new TypeError("only a task can call this async function");
  } as Callable;
  value.is_ = is_;
  value.held_ = held_;
  return value;
}

/** Functions by number, for other modules than their own. */
export const known: unknown[] = [];

/** What tells whether an object has the method with that number by its class. */
export const tests: ((object: unknown) => boolean)[] = [];

/** Whether `object` has method `number` by its class. A class whose module did not run yet has no objects. */
export function isOf(number: number, object: unknown): boolean {
  const test = tests[number];
  return test !== undefined && test(object);
}
