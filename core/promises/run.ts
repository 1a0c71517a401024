/**
 * One run of a plain function that was compiled to a poll (compiler/emit/emit-promise.ts):
 *
 *   resume --> poll --> DONE | AWAITS | YIELDS | DELEGATES     with `value_`
 *                ^  \--throws, UNWINDS--> handler_, or ends
 *                +---------------------------/
 */

/** What a poll answers; compiler/emit/emit-promise.ts has the same numbers. */
export const DONE = 0;
export const AWAITS = 1;
// 2 yields.
export const DELEGATES = 3;
const UNWINDS = 4;

/** How a run goes on: with a value, with a throw, or with a return from outside. */
export const NORMAL = 0;
export const THROWN = 1;
export const RETURNED = 3;

export type Poll = (this: void, run: Run) => number;

export interface Run {
  readonly poll_: Poll;
  /** The state where it goes on. */
  pc_: number;
  /** The state that takes what is thrown; 0 for none. */
  handler_: number;
  how_: number;
  value_: unknown;
}

export function makeRun(poll: Poll): Run {
  return { poll_: poll, pc_: 0, handler_: 0, how_: NORMAL, value_: undefined };
}

/** Goes on as `how` and `value` say, to the next pause or the end. @throws what the function does not catch */
export function resume(run: Run, how: number, value: unknown): number {
  run.how_ = how;
  run.value_ = value;
  let answer = how === NORMAL ? polled(run) : UNWINDS;
  while (answer === UNWINDS) {
    if (run.handler_ === 0) {
      if (run.how_ === THROWN) throw run.value_;
      return DONE;
    }
    run.pc_ = run.handler_;
    answer = polled(run);
  }
  return answer;
}

function polled(run: Run): number {
  const poll = run.poll_;
  try {
    return poll(run);
  } catch (error) {
    run.how_ = THROWN;
    run.value_ = error;
    return UNWINDS;
  }
}

/** What a generator is asked by, each as `send` answers it. */
export function requests(
  send: (object: unknown, how: number, value: unknown) => unknown,
): Record<string, (this: unknown, value: unknown) => unknown> {
  return {
    next(value) {
      return send(this, NORMAL, value);
    },
    return(value) {
      return send(this, RETURNED, value);
    },
    throw(value) {
      return send(this, THROWN, value);
    },
  };
}
