/** What authors give and get: types that want none of Node's. */

/** An exported function of a module, which each worker imports once. */
export interface ModuleFunction {
  /** A URL, `new URL("./jobs.js", import.meta.url)`, or an absolute path, or the name of a package. */
  readonly module: { readonly href: string } | string;
  /** Default "default". */
  readonly export?: string;
}

/** What a job calls. */
export type JobFunction = ModuleFunction | ((...args: never[]) => unknown);

/** Runs a job: `run(fn, args, options)`. */
export interface RunJob {
  <A extends readonly unknown[], R>(
    fn: (...args: A) => R,
    args: A,
    options?: JobOptions,
  ): Promise<Awaited<R>>;
  <R>(fn: () => R, args?: readonly [], options?: JobOptions): Promise<Awaited<R>>;
  <R = unknown>(fn: ModuleFunction, args?: readonly unknown[], options?: JobOptions): Promise<R>;
}

/** How a job is run. */
export interface JobOptions {
  /** Gives the job up, whether it waits or runs: its promise rejects with the signal's reason at once. */
  readonly signal?: Signal;
  /** What of the arguments moves to the worker instead of being copied, as in `postMessage`. */
  readonly transfer?: readonly unknown[];
  /** Which of the jobs that wait is next; default "normal". */
  readonly priority?: Priority;
  /** "blocking" for code that waits in calls: synchronous files, crypto, databases. Default "cpu". */
  readonly lane?: LaneName;
  /** The number of the worker that runs the job, from 0: one that has loaded, opened or cached what the job wants. */
  readonly pin?: number;
  /** Milliseconds for which the job may keep its worker from going on, instead of the `hungAfter` of all. */
  readonly hungAfter?: number;
}

/** Which of the jobs that wait is next. */
export type Priority = "high" | "normal" | "low";
/** Which workers run a job: as many as there are cores, or those for calls that wait. */
export type LaneName = "cpu" | "blocking";

/** The engine's `AbortSignal`, where its types are at hand. */
export type Signal = typeof globalThis extends { AbortSignal: { prototype: infer Given } }
  ? Given
  : AnySignal;

interface AnySignal {
  readonly aborted: boolean;
  readonly reason: unknown;
  addEventListener(type: "abort", listener: () => void, options?: { readonly once?: boolean }): void;
  removeEventListener(type: "abort", listener: () => void): void;
}

/** What workers may have, as in Node's `new Worker()`. */
export interface WorkerLimits {
  readonly resourceLimits?: {
    readonly maxOldGenerationSizeMb?: number;
    readonly maxYoungGenerationSizeMb?: number;
    readonly codeRangeSizeMb?: number;
    readonly stackSizeMb?: number;
  };
  /** `SHARE_ENV` of node:worker_threads is that of the main thread. */
  readonly env?: Readonly<Record<string, string | undefined>> | symbol;
  /** What follows in `process.argv`. */
  readonly argv?: readonly unknown[];
  readonly execArgv?: readonly string[];
}

/** Of options that have others too, those that `new Worker()` takes: it would clone the rest, or refuse it. */
export function nodeOptions({ resourceLimits, env, argv, execArgv }: WorkerLimits): object {
  const given = { resourceLimits, env, argv, execArgv };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}
