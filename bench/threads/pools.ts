/** Our threads, `postMessage`, and pools of npm, each with two workers, behind one face. */
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import { threads } from "../../targets/node/index.js";

export type Work = "double" | "burn";

/** A pool. `isLong` is a hint for those that take one. */
export interface Pool {
  run(work: Work, n: number, isLong?: boolean): Promise<number>;
  /** Starts all workers, where a job does not. */
  ready?(): Promise<void>;
  close(): Promise<unknown>;
}

const WORKERS = 2;
const FOLDER = join(DORMOUSE_ROOT, "bench/threads/peers");
const require = createRequire(join(FOLDER, "package.json"));
const fileOf = (name: string): string => join(FOLDER, `${name}.mjs`);

async function load<T>(name: string): Promise<T> {
  return (await import(pathToFileURL(require.resolve(name)).href)) as T;
}

type Made = new (options: object) => {
  run(task: object): Promise<number>;
  destroy(): Promise<void>;
};

async function piscina(tasksPerWorker: number): Promise<Pool> {
  const { default: Piscina } = await load<{ default: Made }>("piscina");
  return ofPiscina(Piscina, tasksPerWorker);
}

async function tinypool(tasksPerWorker: number): Promise<Pool> {
  const { default: Tinypool } = await load<{ default: Made }>("tinypool");
  return ofPiscina(Tinypool, tasksPerWorker);
}

function ofPiscina(Class: Made, concurrentTasksPerWorker: number): Pool {
  const filename = pathToFileURL(fileOf("functions")).href;
  const pool = new Class({ filename, minThreads: WORKERS, maxThreads: WORKERS, concurrentTasksPerWorker });
  return { run: (name, n) => pool.run({ name, n }), close: () => pool.destroy() };
}

export const POOLS = {
  ours(): Pool {
    const pool = threads({ workers: WORKERS });
    const functions = {
      double: (n: number): number => n * 2,
      burn: { module: pathToFileURL(fileOf("functions")), export: "burn" },
    };
    const first = { priority: "high" } as const;
    return {
      run: (work, n, isLong) =>
        work === "double"
          ? pool.run(functions.double, [n])
          : pool.run<number>(functions.burn, [n], isLong === true ? first : undefined),
      ready: () => pool.ready(),
      close: () => pool.close(),
    };
  },

  raw(): Pool {
    const workers = Array.from({ length: WORKERS }, () => ({
      thread: new Worker(fileOf("raw-worker")),
      load: 0,
    }));
    const waiting = new Map<number, (value: number) => void>();
    let next = 0;
    for (const worker of workers) {
      worker.thread.on("message", ({ id, value }: { id: number; value: number }) => {
        worker.load--;
        waiting.get(id)?.(value);
        waiting.delete(id);
      });
    }
    return {
      run: (name, n) =>
        new Promise((resolve) => {
          const worker = workers.reduce((least, each) => (each.load < least.load ? each : least));
          const id = next++;
          worker.load++;
          waiting.set(id, resolve);
          worker.thread.postMessage({ id, name, n });
        }),
      close: () => Promise.all(workers.map(({ thread }) => thread.terminate())),
    };
  },

  piscina: () => piscina(1),
  "piscina, 16 tasks a worker": () => piscina(16),
  tinypool: () => tinypool(1),
  "tinypool, 16 tasks a worker": () => tinypool(16),

  async poolifier(): Promise<Pool> {
    interface Poolifier {
      FixedThreadPool: new (
        size: number,
        file: string,
      ) => {
        execute(n: number, name: string): Promise<number>;
        destroy(): Promise<void>;
      };
    }
    const { FixedThreadPool } = await load<Poolifier>("poolifier");
    const pool = new FixedThreadPool(WORKERS, fileOf("poolifier-worker"));
    return { run: (name, n) => pool.execute(n, name), close: () => pool.destroy() };
  },

  async workerpool(): Promise<Pool> {
    interface Workerpool {
      pool(
        file: string,
        options: object,
      ): { exec(name: string, args: unknown[]): Promise<number>; terminate(): Promise<void> };
    }
    const { default: workerpool } = await load<{ default: Workerpool }>("workerpool");
    const pool = workerpool.pool(fileOf("workerpool-worker"), { maxWorkers: WORKERS, workerType: "thread" });
    return { run: (name, n) => pool.exec(name, [n]), close: () => pool.terminate() };
  },
} satisfies Record<string, () => Pool | Promise<Pool>>;

export type PoolName = keyof typeof POOLS;
