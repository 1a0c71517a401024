/**
 * What each peer's code needs to run as a routine, in the place of the helper that the peer brings: those are generators
 * as the language has them, and take three times the bytes. One call is one step, so nothing delegates: the driver keeps
 * the routines that wait for others.
 */

/** A call of a generator. */
export interface Routine {
  /** Goes on with a value (0) or a throw (1); whether it waits, with what it waits for or gives in `value_`. */
  resume_(kind: number, value: unknown): boolean;
  value_?: unknown;
  /** The routine that waits for it. */
  up_?: Routine | undefined;
}

/** Codes of TypeScript and swc: 0 value, 1 throw, 2 return, 3 jump, 4 yield, 6 caught, 7 end of a finally. */
type Step = [code: number, value?: unknown];

interface State {
  label: number;
  readonly trys: (number | undefined)[][];
  readonly ops: Step[];
  sent(): unknown;
}

/** For TypeScript and swc: `return __generator(this, function (_a) { switch (_a.label) { ... } })`. */
export function generator(_self: unknown, body: (state: State) => Step): Routine {
  let sent: Step;
  const trys: State["trys"] = [];
  const ops: Step[] = [];
  const state: State = {
    label: 0,
    trys,
    ops,
    sent() {
      if (sent[0] === 1) throw sent[1];
      return sent[1];
    },
  };
  const routine: Routine = {
    resume_(kind, value) {
      for (let step: Step = [kind, value]; ;) {
        const code = step[0];
        const to = step[1] as number;
        const inner = trys[trys.length - 1];
        const end = inner && inner[2];
        if (code < 2) sent = step;
        else if (code === 4 || (code === 2 && !inner)) {
          state.label++;
          routine.value_ = to;
          return code === 4;
        } else if (code === 7) {
          step = ops.pop() as Step;
          trys.pop();
          continue;
        } else if (code === 6 && !inner) throw to as unknown as Error;
        else if (code === 3 && !(inner && (to <= inner[0]! || to >= inner[3]!))) state.label = to;
        else if (code === 6 && state.label < inner![1]!) {
          state.label = inner![1]!;
          sent = step;
        } else if (state.label < end!) {
          state.label = end!;
          ops.push(step);
        } else {
          if (end) ops.pop();
          trys.pop();
          continue;
        }
        try {
          step = body(state);
        } catch (error) {
          step = [6, error];
        }
      }
    },
  };
  return routine;
}

/** Babel's completions: 0 value, 1 throw, 2 return, 3 jump, 4 end of a finally. */
type Entry = [
  tryAt: number,
  catchAt: number,
  finallyAt: number,
  afterAt: number,
  kept?: number,
  value?: unknown,
];

interface Context {
  /** Where it was, and where it goes on. */
  p: number;
  n: number;
  v: unknown;
  a(method: number, value?: unknown): unknown;
  f(at: number): unknown;
}

const GO_ON = {};

const babel = {
  m: <T>(body: T): T => body,
  w(body: (context: Context) => unknown, _outer: unknown, _self: unknown, entries: Entry[] = []): Routine {
    let method = 0;
    let arg: unknown;
    const complete = (how: number, value?: unknown): unknown => {
      method = how;
      arg = value;
      for (const entry of entries) {
        const [tryAt, catchAt, finallyAt] = entry;
        if (how > 3) {
          if (finallyAt !== value) continue;
          method = entry[4] || 3;
          arg = entry[4] ? entry[5] : entry[3];
          entry[4] = 0;
          return GO_ON;
        }
        if (tryAt > context.p) continue;
        if (how < 2 && context.p < catchAt) {
          context.n = catchAt;
        } else if (
          context.p < finallyAt &&
          (how < 3 || tryAt > (value as number) || (value as number) > finallyAt)
        ) {
          entry[4] = how;
          entry[5] = value;
          context.n = finallyAt;
        } else continue;
        method = 0;
        return GO_ON;
      }
      if (how < 2) throw value;
      return GO_ON;
    };
    const context: Context = { p: 0, n: 0, v: undefined, a: complete, f: (at) => complete(4, at) };
    const routine: Routine = {
      resume_(kind, value) {
        method = kind;
        arg = value;
        for (;;) {
          if (method) {
            if (method > 1) context.n = method < 3 ? -1 : (arg as number);
            complete(method, arg);
          }
          if (!method) context.v = arg;
          if (context.n < 0) {
            routine.value_ = arg;
            return false;
          }
          try {
            if ((routine.value_ = body(context)) !== GO_ON) return true;
          } catch (error) {
            method = 1;
            arg = error;
          }
        }
      },
    };
    return routine;
  },
};

/** For Babel: `return _regenerator().w(function (_context) { switch (_context.n) { ... } }, _callee, null, [...])`. */
export const regenerator = (): typeof babel => babel;

/** For TypeScript: `[...to, ...from]`. */
export const spread = (to: unknown[], from: readonly unknown[]): unknown[] => to.concat(from);
