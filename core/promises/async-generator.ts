/**
 * Async generators: requests wait in a queue, each with a promise of its own.
 *
 *   next, throw, return --> queue --head--> RUNNING --yields, ends--> the head's promise; then the next one
 *                                    \--ENDED: answered at once; a return waits for its value first (DRAINING)
 */
import { asyncSourceOf } from "./async-source.js";
import { defer, keep, kept, makePrototype, promised, whenSettled, type Deferred } from "./engine.js";
import {
  AWAITS,
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
import { methodOf, requireObject, type Source } from "./source.js";

const START = 0;
const IDLE = 1;
const RUNNING = 2;
const ENDED = 3;
const DRAINING = 4;

interface Request {
  readonly how_: number;
  readonly value_: unknown;
  readonly answer_: Deferred;
}

interface AsyncGenerator_ {
  readonly run_: Run;
  readonly queue_: Request[];
  phase_: number;
  /** What yields in its place. */
  source_: Source | null;
}

const prototype = makePrototype(requests(send), true);

/** The async generator that runs `poll`. */
export function asyncGenerator(poll: Poll): object {
  const object = Object.create(prototype) as object;
  const state: AsyncGenerator_ = { run_: makeRun(poll), queue_: [], phase_: START, source_: null };
  keep(object, state);
  return object;
}

function send(object: unknown, how: number, value: unknown): unknown {
  const deferred = defer();
  const self = kept(object) as AsyncGenerator_ | undefined;
  if (self?.source_ === undefined) deferred.reject_(new TypeError("not an async generator"));
  else {
    self.queue_.push({ how_: how, value_: value, answer_: deferred });
    if (self.phase_ !== RUNNING && self.phase_ !== DRAINING) serve(self);
  }
  return promised(deferred);
}

/** Answers the requests in the queue, as far as that needs no waiting. */
function serve(self: AsyncGenerator_): void {
  for (let request = self.queue_[0]; request !== undefined; request = self.queue_[0]) {
    const { how_, value_ } = request;
    const wasIdle = self.phase_ === IDLE;
    if (self.phase_ === START && how_ !== NORMAL) self.phase_ = ENDED;
    if (self.phase_ !== ENDED) {
      self.phase_ = RUNNING;
      if (wasIdle && how_ === RETURNED) whenSettled(value_, goOnReturned, goOnThrown, self);
      else advance(self, how_, value_);
      return;
    }
    if (how_ === RETURNED) {
      drain(self, value_);
      return;
    }
    if (how_ === THROWN) fail(self, value_);
    else give(self, undefined, true);
  }
}

/** A return after the end gives its value once that is settled. */
function drain(self: AsyncGenerator_, returned: unknown): void {
  self.phase_ = DRAINING;
  const ended = (answer: (value: unknown) => void) => (value: unknown) => {
    self.phase_ = ENDED;
    answer(value);
    serve(self);
  };
  whenSettled(
    returned,
    ended((value) => give(self, value, true)),
    ended((error) => fail(self, error)),
    self,
  );
}

/** Answers the first request. */
function give(self: AsyncGenerator_, value: unknown, done: boolean): void {
  self.queue_.shift()!.answer_.resolve_({ value, done });
}

function fail(self: AsyncGenerator_, error: unknown): void {
  self.queue_.shift()!.answer_.reject_(error);
}

function goOn(value: unknown, self: AsyncGenerator_): void {
  advance(self, NORMAL, value);
}

function goOnThrown(error: unknown, self: AsyncGenerator_): void {
  advance(self, THROWN, error);
}

function goOnReturned(value: unknown, self: AsyncGenerator_): void {
  advance(self, RETURNED, value);
}

/** Goes on to the next pause or the end. */
function advance(self: AsyncGenerator_, how: number, value: unknown): void {
  if (self.source_ !== null) {
    forward(self, self.source_, how, value);
    return;
  }
  let answer: number;
  try {
    answer = resume(self.run_, how, value);
  } catch (error) {
    self.phase_ = ENDED;
    fail(self, error);
    serve(self);
    return;
  }
  const result = self.run_.value_;
  if (answer === AWAITS) whenSettled(result, goOn, goOnThrown, self);
  else if (answer === DELEGATES) delegate(self, result);
  else yields(self, result, answer === DONE);
}

function yields(self: AsyncGenerator_, value: unknown, done: boolean): void {
  self.phase_ = done ? ENDED : IDLE;
  give(self, value, done);
  serve(self);
}

function delegate(self: AsyncGenerator_, items: unknown): void {
  try {
    self.source_ = asyncSourceOf(items);
  } catch (error) {
    advance(self, THROWN, error);
    return;
  }
  advance(self, NORMAL, undefined);
}

/** Asks the inner iterator, and gives what it answers. */
function forward(self: AsyncGenerator_, source: Source, how: number, value: unknown): void {
  const { iterator_ } = source;
  const fails = (error: unknown): void => {
    self.source_ = null;
    advance(self, THROWN, error);
  };
  const goesOn = (given: unknown): void => {
    try {
      const step = requireObject(given);
      const done = !!step.done;
      const item = step.value;
      if (!done) {
        yields(self, item, false);
        return;
      }
      self.source_ = null;
      value = item;
    } catch (error) {
      fails(error);
      return;
    }
    advance(self, how === RETURNED ? RETURNED : NORMAL, value);
  };
  try {
    const method = how === NORMAL ? source.next_ : methodOf(iterator_, how === THROWN ? "throw" : "return");
    if (method !== undefined) whenSettled(method.call(iterator_, value), goesOn, fails, self);
    else if (how === RETURNED) {
      self.source_ = null;
      whenSettled(value, goOnReturned, goOnThrown, self);
    } else refuseThrow(iterator_, fails);
  } catch (error) {
    fails(error);
  }
}

/** An inner iterator without `throw` is closed, and that is an error of its own. */
function refuseThrow(iterator: Source["iterator_"], fails: (error: unknown) => void): void {
  const refuse = (): void => fails(new TypeError("the inner iterator has no throw"));
  const closed = (given: unknown): void => {
    try {
      requireObject(given);
    } catch (error) {
      fails(error);
      return;
    }
    refuse();
  };
  const method = methodOf(iterator, "return");
  if (method === undefined) refuse();
  else whenSettled(method.call(iterator), closed, fails, null);
}
