/**
 * Uncompiled async generators: the helpers that TypeScript's lowering calls, over the calls of dynamic.ts. Only build
 * tools use them.
 *
 *   await x      yield awaitMark(x)              a wait of whoever goes over the generator
 *   yield x      yield yield awaitMark(x)        an item for it
 *   yield* x     yield awaitMark(yield* delegator(x))
 */
import { called, isWaitable, type Body, type Call, type Step } from "./dynamic.js";
import { isThenable } from "./dynamic-promises.js";
import { CLOSED } from "./sync/channel.js";

/** What a generator waits for; `isReturn`: it is asked to return once more with what arrives. */
class Mark {
  constructor(
    readonly value: unknown,
    readonly isReturn: boolean,
  ) {}
}

/** What items are received from until it gives {@link CLOSED}. */
export interface Receiver {
  receive(): unknown;
}

/** An async iterator whose steps are calls; outside of tasks promises. */
export interface AsyncSteps {
  next(value?: unknown): unknown;
  return?(value?: unknown): unknown;
}

/** TypeScript's `__await`. */
export function awaitMark(value: unknown): unknown {
  return new Mark(value, false);
}

/** TypeScript's `__asyncGenerator`. */
export function asyncGenerator(self: unknown, args: unknown, generator: () => Body): AsyncSteps {
  const body = generator.apply(self, (args || []) as []);
  const step = (first: () => Step): unknown => called(() => stepping(body, first));
  return {
    next: (value) => step(() => body.next(value)),
    return: (value) => step(() => body.return(value)),
  };
}

/** One step of a generator: yields what it waits for, and ends with what iterators give. */
function stepping(body: Body, first: () => Step): Body {
  let isStarted = false;
  let isReturn = false;
  /** What it ends with when it is left, or cancelled, though its cleanup waits. */
  let end: Step | null = null;
  const goOn = (from: () => Step): Step => {
    let step = from();
    for (let mark = markOf(step); mark !== null; mark = markOf(step)) {
      const { value } = mark;
      isReturn = mark.isReturn;
      if (isWaitable(value)) return { done: false, value };
      step = resumed(value);
    }
    return end || { done: true, value: { value: step.value, done: step.done === true } };
  };
  const resumed = (value: unknown): Step => (isReturn ? body.return(value) : body.next(value));
  return {
    next: (value) => {
      if (isStarted) return goOn(() => resumed(value));
      isStarted = true;
      return goOn(first);
    },
    throw: (error) => goOn(() => body.throw(error)),
    return: (value) => {
      end = { done: true, value };
      return goOn(() => body.return(value));
    },
  };
}

/** TypeScript marks no `await` in a computed key beside a spread; an item is no future, for it was awaited. */
function markOf({ done, value }: Step): Mark | null {
  if (done === true) return null;
  if (value instanceof Mark) return value;
  return isWaitable(value) ? new Mark(value, false) : null;
}

/** TypeScript's `__asyncDelegator`: the generator waits for each step of `inner`, then gets it. */
export function delegator(inner: AsyncSteps): object {
  let isWaiting = false;
  const step = (call: () => unknown, isReturn: boolean) => (value: unknown) => {
    isWaiting = !isWaiting;
    if (isWaiting) return { done: false, value: new Mark(call(), isReturn) };
    return isReturn ? { done: true, value } : value;
  };
  const own: Record<string, unknown> = { next: step(() => inner.next(), false) };
  if (inner.return !== undefined) own["return"] = step(() => inner.return!(), true);
  return iterable(own);
}

declare const Symbol: { readonly iterator: unique symbol; readonly asyncIterator: unique symbol };

function iterable(iterator: object): object {
  (iterator as Record<symbol, unknown>)[Symbol.iterator] = () => iterator;
  return iterator;
}

interface Source {
  readonly [Symbol.asyncIterator]?: () => AsyncSteps;
  readonly [Symbol.iterator]?: () => Iterator;
}

interface Iterator {
  next(): Step;
  return?(): Step;
}

/** TypeScript's `__asyncValues`: of channels, generators and lists. */
export function asyncValues(source: Source | AsyncSteps | Receiver): AsyncSteps {
  if ("receive" in source) return { next: () => ({ body_: () => receiving(source) }) };
  if ("next" in source) return source;
  const own = source[Symbol.asyncIterator];
  if (own !== undefined) return own.call(source);
  const iterator = source[Symbol.iterator]!();
  const steps: AsyncSteps = { next: () => given(() => iterator.next()) };
  if (iterator.return !== undefined) steps.return = () => given(() => iterator.return!());
  return steps;
}

/** A call that gives what `value` gives, at once. */
function given(value: () => unknown): Call {
  const end = (result: unknown): Step => ({ done: true, value: result });
  let step: Step | null = null;
  const next = (awaited?: unknown): Step => {
    if (step !== null) return end({ value: awaited, done: step.done });
    const result = value();
    if (!isThenable((result as Partial<Step>).value)) return end(result);
    step = result as Step;
    return { done: false, value: step.value };
  };
  return { body_: () => ({ next, throw: rethrow, return: end }) };
}

function rethrow(error: unknown): never {
  throw error;
}

/** A generator by hand: yields the future, and gives what arrived as the step of an iterator. */
function receiving(channel: Receiver): Body {
  let isStarted = false;
  return {
    next: (value) => {
      if (isStarted) return { done: true, value: { done: value === CLOSED, value } };
      isStarted = true;
      return { done: false, value: channel.receive() };
    },
    throw: rethrow,
    return: (value) => ({ done: true, value }),
  };
}
