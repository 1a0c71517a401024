/** Uncompiled tasks for tests, as TypeScript's lowering would make them of async functions. */
import { awaiter } from "../../../../core/dynamic.js";
import { task, type TaskKind, type TaskOptions } from "../../../../core/index.js";

type Body<A extends readonly unknown[]> = (...args: A) => Generator<unknown, unknown, unknown>;

/** A task kind whose code is `body`, named after it; `yield` is its `await`. */
export function generatorTask<A extends readonly unknown[]>(
  body: Body<A>,
  options?: TaskOptions,
): TaskKind<A, unknown> {
  const call = (...args: A): unknown => awaiter(null, null, null, () => body(...args));
  Object.defineProperty(call, "name", { value: body.name });
  return task(call as unknown as (...args: A) => PromiseLike<unknown>, options);
}
