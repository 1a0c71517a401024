/** The runtime of worker threads. */
import { availableParallelism } from "node:os";
import { pathToFileURL } from "node:url";
import type { Future, TaskKind } from "../../../core/index.js";
import { begin } from "../../../core/leaf.js";
import { complete, completeWithError, type Op } from "../../../core/op.js";
import { coded } from "../tool-errors.js";
import { Functions, type Definition, type RunDraft } from "./functions.js";
import { AwaitedJob, PromisedJob, type Job } from "./job.js";
import { Lane } from "./lane.js";
import { LANES, checkJob, checkOneOf, checkOptions, checkSignal } from "./options.js";
import type { JobWorkerStats } from "./lane-meter.js";
import type { Turn } from "./tasks/observer.js";
import { tracing } from "./tracing.js";
import { SharedTasks } from "./tasks/host.js";
import { checkKind } from "./tasks/task-errors.js";
import type { SharedTask, TaskStats } from "./tasks/types.js";
import { shareOnDemand } from "./tasks/look.js";
import type { Flavor } from "./tasks/queues.js";
import { isTaskWorker } from "./tasks/start.js";
import { callMain } from "./worker/caller.js";
import type { JobFunction, JobOptions, LaneName, ModuleFunction, RunJob, WorkerLimits } from "./types.js";

/** How {@link threads} are made. Times are in milliseconds. */
export interface ThreadsOptions extends WorkerLimits {
  /** How shared tasks are shared out; default "workStealing". docs/threads.md says which is for what. */
  readonly flavor?: Flavor;
  /** The module that declares the shared tasks, which each of their workers loads; default that which Node was started with. */
  readonly program?: URL | string;
  /** Workers of the CPU lane; default as many as the machine runs at once. */
  readonly workers?: number;
  /** Whether workers start when there is work for them; default true. */
  readonly lazy?: boolean;
  /** Functions that each worker loads before it takes jobs. */
  readonly warmUp?: readonly JobFunction[];
  /** Jobs that a worker has under way at once: more than 1 for jobs that wait. Default 1. */
  readonly concurrency?: number;
  /** Jobs of a lane that may wait for a worker; default any number. */
  readonly queueLimit?: number;
  /** Workers of the blocking lane that are kept; default 0. */
  readonly minBlocking?: number;
  /** Workers of the blocking lane at most; default 4. */
  readonly maxBlocking?: number;
  /** How long a worker of the blocking lane beyond the least stays idle; default 10 000. */
  readonly keepAlive?: number;
  /** How long a job, or one poll of a shared task, may keep its worker from going on; default 30 000. */
  readonly hungAfter?: number;
  /** How long a job that asked for `currentJob()` may go on after it was aborted; default 100. */
  readonly abortGrace?: number;
  /** Whether `stats` has histograms of how long tasks and jobs wait and run; default false, since that costs two looks at the clock each. */
  readonly measure?: boolean;
  /** How many of the last turns of tasks and jobs each worker and lane keeps for `trace()`; default 0. */
  readonly trace?: number;
  /** What jobs find as `workerData` of node:worker_threads: a copy on each worker. */
  readonly workerData?: unknown;
  /** Told of errors in workers that no job is told of; default a line on stderr. */
  readonly onFault?: (error: Error) => void;
}

/** What a lane is doing. */
export interface LaneStats {
  /** Workers that run. */
  readonly workers: number;
  /** Jobs whose promise is not settled. */
  readonly inFlight: number;
  /** Promises that were settled so far. */
  readonly settled: number;
  /** By number of the worker, those that have not started too. */
  readonly each: readonly JobWorkerStats[];
}

/**
 * Makes a runtime of worker threads.
 *
 * Idle, it keeps no process alive. End it by `close()` or `await using`.
 * @throws E420 when an option makes no sense
 */
export function threads(options: ThreadsOptions = {}): Threads {
  return new Threads(options);
}

/** Worker threads that run jobs and shared tasks; {@link threads} makes them. */
export class Threads {
  private readonly lanes_: Readonly<Record<LaneName, Lane>>;
  private readonly functions_: Functions;
  private closing_: Promise<void> | null = null;
  private isEnded_ = false;
  /** Made once more on a worker that runs the program's shared tasks: what it is asked for the main thread runs. */
  private readonly isRemote_ = isTaskWorker();
  private tasks_: SharedTasks | null = null;

  /** @internal {@link threads} makes it. */
  constructor(private readonly options_: ThreadsOptions) {
    const options = options_;
    checkOptions(options);
    this.functions_ = new Functions((definition) => {
      for (const lane of Object.values(this.lanes_)) lane.crew.tell({ type: "define", definition });
    });
    const cpu = options.workers ?? availableParallelism();
    const { minBlocking = 0, maxBlocking = Math.max(4, minBlocking), lazy = true } = options;
    const { trace = tracing.turns } = options;
    this.lanes_ = {} as never;
    const warmUp = (options.warmUp ?? []).map((fn) => this.functions_.define(fn).id);
    const lane = (name: string, min: number, max: number): Lane =>
      new Lane({
        ...{ concurrency: 1, queueLimit: Infinity, keepAlive: 10_000, hungAfter: 30_000, abortGrace: 100 },
        ...{ onFault: printFault, ...options, name, min, max, warmUp, definitions: this.functions_.all },
        ...{ measures: options.measure === true || trace > 0, trace, runDraft: this.runDraft_ },
      });
    this.lanes_ = { cpu: lane("cpu", cpu, cpu), blocking: lane("blocking", minBlocking, maxBlocking) };
    if (!lazy && !this.isRemote_) this.start_();
    // Primitives of all threads may be used before the first task is spawned.
    if (!this.isRemote_)
      shareOnDemand(() => {
        if (this.closing_ === null) this.tasks_ ??= this.makeTasks_();
      });
  }

  private start_(): void {
    for (const lane of Object.values(this.lanes_)) lane.fill();
  }

  /**
   * Runs a function on a worker: an exported one of a module, or one that stands alone, which is sent by its source.
   *
   * Arguments and result are copied as by `postMessage`, or moved (`transfer`). What a job throws, its promise rejects
   * with: the error has the name, message, code, cause and stack that it had there.
   *
   * Cost: a microsecond or two for small arguments, a message for others.
   * Cancel: by `signal`. A job that waits is taken back; one that runs is ended with its worker, which is replaced.
   * @throws E421 to E437, all by rejection
   */
  readonly run: RunJob = (
    fn: JobFunction,
    args: readonly unknown[] = [],
    options: JobOptions = NO_OPTIONS,
  ): Promise<never> => {
    if (this.isRemote_) return callMain(fn, args, options) as Promise<never>;
    return this.promise_(() => this.functions_.define(fn), args, options) as Promise<never>;
  };

  /** What a worker asks for. */
  private readonly runDraft_: RunDraft = (fn, args, options) =>
    this.promise_(() => this.functions_.add(fn), args, options);

  private promise_(
    define: () => Definition,
    args: readonly unknown[],
    options: JobOptions,
  ): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (options !== NO_OPTIONS) checkSignal(options);
      if (options.signal?.aborted === true) throw options.signal.reason;
      const job = new PromisedJob(define(), args, options);
      job.resolve_ = resolve;
      job.reject_ = reject;
      const lane = this.laneFor_(job);
      job.watch(lane.abort);
      lane.submit(job);
    });
  }

  /**
   * As {@link run}, for a task to await: `const sum = await pool.call(add, [1, 2])`.
   *
   * Cost: less than `run`, since there is no promise. A job is an object; small arguments are not copied before they go.
   * Cancel: a job that waits is taken back; one that runs is ended as by a signal.
   * @throws E201 outside of tasks, E420 to E424 at once; the others where it is awaited
   */
  call<A extends readonly unknown[], R>(
    fn: (...args: A) => R,
    args: A,
    options?: Omit<JobOptions, "signal">,
  ): Future<Awaited<R>>;
  call<R>(fn: () => R, args?: readonly [], options?: Omit<JobOptions, "signal">): Future<Awaited<R>>;
  call<R = unknown>(
    fn: ModuleFunction,
    args?: readonly unknown[],
    options?: Omit<JobOptions, "signal">,
  ): Future<R>;
  call(fn: JobFunction, args: readonly unknown[] = [], options: JobOptions = NO_OPTIONS): Future<unknown> {
    if (options !== NO_OPTIONS) checkSignal(options);
    if (this.isRemote_) return this.callRemote_(fn, args, options);
    const job = new AwaitedJob(this.functions_.define(fn), args, options);
    const lane = this.laneFor_(job);
    const op = begin(lane, forget, null);
    job.op_ = op;
    op.rest_ = job;
    lane.submit(job);
    return op as unknown as Future<unknown>;
  }

  private callRemote_(fn: JobFunction, args: readonly unknown[], options: JobOptions): Future<unknown> {
    const controller = new AbortController();
    const op = begin(controller, abandon, null);
    callMain(fn, args, { ...options, signal: controller.signal }).then(
      (value) => {
        if (!controller.signal.aborted) complete(op, value);
      },
      (error: unknown) => {
        if (!controller.signal.aborted) completeWithError(op, error);
      },
    );
    return op as unknown as Future<unknown>;
  }

  /**
   * Starts a shared task, which moves between the workers at its waits: `const { result } = pool.spawn(sum, 1, 1000)`.
   * From inside of such a task, `spawn` of dormouse does the same.
   *
   * Cost: a few microseconds and a promise; the first call starts the workers. Arguments are numbers and booleans.
   * Cancel: by `cancel()` of what it gives; the task cleans up, on whichever thread it is.
   * @throws E101 when all slots of the kind are in use, E404 unless the kind is shared, E405 once closed
   */
  spawn<A extends readonly unknown[], R>(kind: TaskKind<A, R>, ...args: A): SharedTask<R> {
    checkKind(kind);
    return this.tasksFor_(kind.name).spawn(kind, args);
  }

  /**
   * As {@link spawn}, for a task that worker number `worker` alone runs, from 0: one that has what the task wants in its own
   * memory, or in its processor's cache.
   *
   * @throws E420 when there is no such worker, and as {@link spawn}
   */
  spawnOn<A extends readonly unknown[], R>(worker: number, kind: TaskKind<A, R>, ...args: A): SharedTask<R> {
    checkKind(kind);
    return this.tasksFor_(kind.name).spawnOn(worker, kind, args);
  }

  private tasksFor_(name: string): SharedTasks {
    if (this.closing_ !== null) throw coded("E405", name, "the threads are closed, and run nothing more");
    return (this.tasks_ ??= this.makeTasks_());
  }

  private makeTasks_(): SharedTasks {
    const { workers = availableParallelism(), flavor = "workStealing", onFault = printFault } = this.options_;
    const { program = pathToFileURL(process.argv[1] ?? ""), hungAfter = 30_000 } = this.options_;
    const { measure = false, trace = tracing.turns } = this.options_;
    const observing = { measure, trace };
    return new SharedTasks({
      ...this.options_,
      workers,
      flavor,
      program,
      hungAfter,
      onFault,
      observing,
      runDraft: this.runDraft_,
    });
  }

  /** Polls of shared tasks so far, of each worker. */
  get polls(): readonly number[] {
    return this.tasks_ === null ? [] : this.tasks_.polls;
  }

  private laneFor_({ definition: { name }, args, options }: Job): Lane {
    if (options !== NO_OPTIONS || !Array.isArray(args))
      checkJob(name, args, options, (each) => this.lanes_[each].most);
    const lane = this.lanes_[options.lane ?? "cpu"];
    if (this.closing_ !== null) throw closedError(name);
    if (lane.hasRoom) return lane;
    const had = `the ${options.lane ?? "cpu"} lane has ${lane.inFlight} jobs, and no more may wait`;
    throw coded("E423", name, `${had}. Await room(), or raise queueLimit`);
  }

  /** Waits until a lane takes a job more: back-pressure, where there is a `queueLimit`. */
  async room(name: LaneName = "cpu"): Promise<void> {
    const lane = this.lane_(name);
    await lane.until(() => lane.hasRoom);
  }

  private lane_(name: LaneName): Lane {
    checkOneOf("lane", name, LANES);
    return this.lanes_[name];
  }

  /**
   * Starts the workers for jobs that are always there, or those for shared tasks, and waits until they take some.
   *
   * @throws E434 and E409 when they cannot start, E424 and E405 once closed, by rejection
   */
  async ready(what: "jobs" | "tasks" = "jobs"): Promise<void> {
    if (this.isRemote_) return;
    checkOneOf("what", what, ["jobs", "tasks"]);
    if (what === "tasks") {
      await this.tasksFor_("ready").ready();
      return;
    }
    if (this.closing_ !== null) throw closedError("ready");
    await Promise.all(Object.values(this.lanes_).map((lane) => lane.ready()));
  }

  /**
   * How busy a lane is now, or what shared tasks do, and what each worker did so far.
   *
   * Cost: some objects; counting itself is a word of memory each.
   */
  stats(lane?: LaneName): LaneStats;
  stats(what: "tasks"): TaskStats;
  stats(what: LaneName | "tasks" = "cpu"): LaneStats | TaskStats {
    if (what === "tasks") return this.tasks_?.stats() ?? NO_TASKS;
    const { crew, inFlight, done, meter, most } = this.lane_(what);
    const each = Array.from({ length: most }, (_, worker) => meter.stats(worker));
    return { workers: crew.count, inFlight, settled: done, each };
  }

  /**
   * The last turns of shared tasks, or the last jobs of a lane, in the order in which they began: as many as the option `trace`
   * says, of each worker or lane. `npm run host -- --lanes PROGRAM` draws them.
   */
  trace(what: LaneName | "tasks"): readonly Turn[] {
    return what === "tasks" ? (this.tasks_?.trace() ?? []) : this.lane_(what).meter.trace();
  }

  /** Takes no more jobs, waits for those that it has, and ends the workers. */
  close(): Promise<void> {
    this.closing_ ??= this.end_();
    return this.closing_;
  }

  private async end_(): Promise<void> {
    await this.tasks_?.close();
    await Promise.all(Object.values(this.lanes_).map((lane) => lane.until(() => lane.inFlight === 0)));
    await this.terminate();
  }

  /** Ends the workers here and now; jobs that are not done reject with E435. */
  async terminate(): Promise<void> {
    this.closing_ ??= Promise.resolve();
    if (!this.isEnded_) tracing.atEnd(this);
    this.isEnded_ = true;
    const death = { code: "E435", text: "was ended with its threads, by terminate()" } as const;
    await this.tasks_?.terminate();
    await Promise.all(Object.values(this.lanes_).map((lane) => lane.terminate(death)));
  }

  /** As {@link close}: what `await using` does at the end of its scope. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}

const NO_TASKS: TaskStats = { workers: 0, inFlight: 0, settled: 0, each: [] };
const NO_OPTIONS: JobOptions = {};

function abandon(op: Op): void {
  (op.source_ as AbortController).abort();
}

function forget(op: Op): void {
  (op.source_ as Lane).forget(op.rest_ as AwaitedJob);
}

function closedError(name: string): Error {
  return coded("E424", name, "the threads are closed, and run nothing more");
}

function printFault(error: Error): void {
  process.stderr.write(`${error.message}\n`);
}
