/**
 * Recursion in static storage: each function that awaits itself has frames for as many levels as it was given.
 *
 *   walk   level 1 --deeper_--> level 2 --> ... --> level 8 --> nothing
 *
 * A call takes the level below the innermost one in use, which the frames of those who wait tell: so nothing has to be
 * put back when a throw or a cancel leaves several levels at once.
 */
import { DEV } from "./dev.js";
import { fail } from "./errors.js";

/** How far a function may await itself. */
export interface RecursionOptions {
  /** Levels: calls of it that wait for each other at once. Each has a frame, from the start. */
  readonly depth: number;
}

/**
 * Lets an async function await itself, directly or through others that are declared so:
 *
 *   const walk = recursive(async function walk(node: Node): Promise<number> { ... }, { depth: 8 });
 *
 * Cost: a frame for each level, in each task that can call it.
 * @throws E115, in the caller, when a call would be a level too many
 */
export function recursive<F extends (...args: never[]) => PromiseLike<unknown>>(
  body: F,
  options: RecursionOptions,
): F {
  if (typeof body !== "function" || "is_" in body) return body;
  const levels_ = { name_: (body as unknown as { name: string }).name, depth_: options.depth };
  // Uncompiled: calls are told whose they are, and core/dynamic.ts counts them.
  const tell = function (this: unknown): unknown {
    // eslint-disable-next-line prefer-rest-params
    const call = (body as unknown as () => { levels_: Levels }).apply(this, arguments as never);
    call.levels_ = levels_;
    return call;
  };
  return tell as unknown as F;
}

/** What the levels of one function have in common. */
export interface Levels {
  readonly name_: string;
  readonly depth_: number;
}

interface Level {
  levels_: Levels;
  deeper_: Level | null;
  readonly up_: Level | null;
}

/** Makes the frames of a function by `make`, and gives the first. */
export function levels<L extends Level>(name_: string, depth_: number, make: () => L): L {
  const own = { name_, depth_ };
  let top: L | null = null;
  for (let i = 0; i < depth_; i++) {
    const level = make();
    level.levels_ = own;
    level.deeper_ = top;
    top = level;
  }
  return top!;
}

/** The level for a call from the frame `from`, where `top` is the first. @throws E115 when there is none left */
export function deeper(from: Level | null, top: Level): Level {
  for (let each = from; each !== null; each = each.up_) {
    if (each.levels_ !== top.levels_) continue;
    return each.deeper_ === null ? tooDeep(top.levels_) : each.deeper_;
  }
  return top;
}

/** @throws E115 */
export function tooDeep({ name_, depth_ }: Levels): never {
  const more = depth_ + 1;
  const text = "awaits itself at level " + more + ", and its depth is " + depth_;
  return fail("E115", name_, DEV && text + ". Give recursive(..., { depth: " + more + " }) or end earlier");
}
