/**
 * Generators: a run that an iterator asks for its next value.
 *
 *   START, IDLE --next, throw, return--> RUNNING --yields--> IDLE
 *                                           \----ends, throws----> ENDED
 */
import { keep, kept, makePrototype } from "./engine.js";
import {
  DELEGATES,
  DONE,
  makeRun,
  NORMAL,
  requests,
  resume,
  RETURNED,
  THROWN,
  type Poll,
  type Run,
} from "./run.js";
import { close, methodOf, requireObject, sourceOf, type Source, type Step } from "./source.js";

const START = 0;
const IDLE = 1;
const RUNNING = 2;
const ENDED = 3;

interface Generator_ {
  readonly run_: Run;
  phase_: number;
  /** What yields in its place. */
  inner_: Source | null;
}

const prototype = makePrototype(requests(send), false);

/** The generator that runs `poll`. */
export function generator(poll: Poll): object {
  const object = Object.create(prototype) as object;
  keep(object, { run_: makeRun(poll), phase_: START, inner_: null } satisfies Generator_);
  return object;
}

function send(object: unknown, how: number, value: unknown): Step {
  const self = kept(object) as Generator_ | undefined;
  if (self?.inner_ === undefined) throw new TypeError("not a generator");
  if (self.phase_ === RUNNING) throw new TypeError("the generator is running");
  if (self.phase_ === START && how !== NORMAL) self.phase_ = ENDED;
  if (self.phase_ === ENDED) {
    if (how === THROWN) throw value;
    return { value: how === RETURNED ? value : undefined, done: true };
  }
  self.phase_ = RUNNING;
  try {
    const step = advanced(self, how, value);
    self.phase_ = self.inner_ === null && step.done === true ? ENDED : IDLE;
    return step;
  } catch (error) {
    self.phase_ = ENDED;
    throw error;
  }
}

/** Goes on to the next yield or the end. */
function advanced(self: Generator_, how: number, value: unknown): Step {
  for (;;) {
    if (self.inner_ !== null) {
      try {
        const step = forwarded(self.inner_, how, value);
        if (step === null) self.inner_ = null;
        else if (!step.done) return step;
        else {
          self.inner_ = null;
          value = step.value;
          if (how !== RETURNED) how = NORMAL;
        }
      } catch (error) {
        self.inner_ = null;
        how = THROWN;
        value = error;
      }
    }
    const answer = resume(self.run_, how, value);
    value = self.run_.value_;
    if (answer !== DELEGATES) return { value, done: answer === DONE };
    how = NORMAL;
    try {
      self.inner_ = sourceOf(value);
      value = undefined;
    } catch (error) {
      how = THROWN;
      value = error;
    }
  }
}

/** What the inner iterator answers; null when it has nothing to return with. @throws what it throws */
function forwarded(inner: Source, how: number, value: unknown): Step | null {
  const { iterator_ } = inner;
  if (how === NORMAL) return requireObject(inner.next_.call(iterator_, value));
  const method = methodOf(iterator_, how === THROWN ? "throw" : "return");
  if (method !== undefined) return requireObject(method.call(iterator_, value));
  if (how === RETURNED) return null;
  close(inner, NORMAL);
  throw new TypeError("the inner iterator has no throw");
}
