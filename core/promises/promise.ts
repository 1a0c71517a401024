/**
 * Promises for engines whose own run callbacks in another order than JavaScript says, and lack a part:
 *
 *   PENDING --resolve_(value)----> FULFILLED     reactions become jobs, which run in the order they were queued in
 *      |    --resolve_(promise)--> as that ends  (a promise of the engine starts them, after what runs now)
 *      +----reject_(error)-------> REJECTED
 *
 * A reaction is four values in a row: two callbacks, the promise of what they return, and whom they are about. An await
 * has no promise; its callbacks are told which run goes on, so that they are made once.
 */

const PENDING = 0;
const FULFILLED = 1;
const REJECTED = 2;

export type Callback = (value: unknown, target?: unknown) => unknown;
type Executor = (resolve: Callback, reject: Callback) => void;

declare const globalThis: { Promise: { resolve(): { then(job: () => void): void } } };
declare function setTimeout(callback: () => void, delay: number): void;

export class OwnPromise {
  private state_ = PENDING;
  private value_: unknown = undefined;
  private isHandled_ = false;
  /** Whether it was told what to become: from then on nobody else can. */
  private isTold_ = false;
  private reactions_: unknown[] = [];

  /** Without `executor`, whoever made it settles it. */
  constructor(executor?: Executor) {
    if (executor === undefined) return;
    const reject = (error: unknown): void => this.reject_(error);
    try {
      executor((value) => this.resolve_(value), reject);
    } catch (error) {
      reject(error);
    }
  }

  then(fulfilled?: unknown, rejected?: unknown): OwnPromise {
    const next = new OwnPromise();
    this.react_(fulfilled, rejected, next, null);
    return next;
  }

  catch(rejected?: unknown): OwnPromise {
    return this.then(undefined, rejected);
  }

  finally(callback: () => unknown): OwnPromise {
    return this.then(
      (value: unknown) => promiseOf(callback()).then(() => value),
      (error: unknown) =>
        promiseOf(callback()).then(() => {
          throw error;
        }),
    );
  }

  resolve_(value: unknown): void {
    if (this.isTold_) return;
    this.isTold_ = true;
    this.become_(value);
  }

  reject_(error: unknown): void {
    if (this.isTold_) return;
    this.isTold_ = true;
    this.settle_(REJECTED, error);
  }

  /** Calls one of the callbacks once it is settled, about `target`; `next` is the promise of what that returns. */
  react_(fulfilled: unknown, rejected: unknown, next: OwnPromise | null, target: unknown): void {
    this.isHandled_ = true;
    if (this.state_ === PENDING) this.reactions_.push(fulfilled, rejected, next, target);
    else this.queue_(fulfilled, rejected, next, target);
  }

  private become_(value: unknown): void {
    let then: unknown;
    try {
      if (value === this) throw new TypeError("a promise cannot wait for itself");
      const isObject = (typeof value === "object" && value !== null) || typeof value === "function";
      then = isObject ? (value as { then?: unknown }).then : undefined;
    } catch (error) {
      this.settle_(REJECTED, error);
      return;
    }
    if (typeof then !== "function") this.settle_(FULFILLED, value);
    else queue(() => this.follow_(value, then as Follow), undefined, null, null);
  }

  private follow_(thenable: unknown, then: Follow): void {
    let isTold = false;
    const reject = (error: unknown): void => {
      if (!isTold) this.settle_(REJECTED, error);
      isTold = true;
    };
    const resolve = (value: unknown): void => {
      if (isTold) return;
      isTold = true;
      this.become_(value);
    };
    try {
      then.call(thenable, resolve, reject);
    } catch (error) {
      reject(error);
    }
  }

  private settle_(state: number, value: unknown): void {
    const reactions = this.reactions_;
    this.state_ = state;
    this.value_ = value;
    this.reactions_ = [];
    if (state === REJECTED && !this.isHandled_) unhandled.push(this);
    for (let i = 0; i < reactions.length; i += 4)
      this.queue_(reactions[i], reactions[i + 1], reactions[i + 2] as OwnPromise | null, reactions[i + 3]);
    start();
  }

  private queue_(fulfilled: unknown, rejected: unknown, next: OwnPromise | null, target: unknown): void {
    const callback = this.state_ === FULFILLED ? fulfilled : rejected;
    const isAsItIs = typeof callback !== "function";
    const otherwise = this.state_ === FULFILLED ? same : rethrow;
    queue(isAsItIs ? otherwise : (callback as Callback), this.value_, next, target);
  }

  /** Says what nobody handles, as the engine says what nobody catches. */
  report_(): void {
    if (this.isHandled_) return;
    const error = this.value_;
    setTimeout(() => {
      throw error;
    }, 0);
  }
}

function same(value: unknown): unknown {
  return value;
}

function rethrow(error: unknown): never {
  throw error;
}

type Follow = (this: unknown, resolve: Callback, reject: Callback) => void;

/** Jobs, four values each: a callback, the promise of what it returns, and what it is called with. */
let jobs: unknown[] = [];
let unhandled: OwnPromise[] = [];
let isStarted = false;

export function queue(callback: Callback, value: unknown, next: OwnPromise | null, target: unknown): void {
  jobs.push(callback, next, value, target);
  start();
}

/** Calls `callback` after what runs now, in its turn. */
export function microtask(callback: () => void): void {
  queue(callback, undefined, null, null);
}

function start(): void {
  if (isStarted) return;
  isStarted = true;
  globalThis.Promise.resolve().then(run);
}

function run(): void {
  while (jobs.length > 0) {
    const now = jobs;
    jobs = [];
    for (let i = 0; i < now.length; i += 4)
      runJob(now[i] as Callback, now[i + 1] as OwnPromise | null, now[i + 2], now[i + 3]);
  }
  isStarted = false;
  const rejected = unhandled;
  unhandled = [];
  for (const promise of rejected) promise.report_();
}

function runJob(callback: Callback, next: OwnPromise | null, value: unknown, target: unknown): void {
  if (next === null) {
    callback(value, target);
    return;
  }
  try {
    next.resolve_(callback(value));
  } catch (error) {
    next.reject_(error);
  }
}

/** `value` as a promise: itself, when it is one. */
export function promiseOf(value: unknown): OwnPromise {
  if (value instanceof OwnPromise) return value;
  const promise = new OwnPromise();
  promise.resolve_(value);
  return promise;
}
