/** Types alone: that there are promises, without which TypeScript takes no async function. */
interface PromiseConstructor {
  readonly prototype: Promise<unknown>;
}

declare const Promise: PromiseConstructor;
