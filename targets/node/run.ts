/** Runs a program on this machine, in real time. */
import { fileURLToPath } from "node:url";
import {
  Executor,
  ObservedExecutor,
  type ExecutorOptions,
  type TaskHooks,
  type Ticks,
} from "../../core/index.js";
import { isClaimable } from "../../core/state.js";
import type { BoardSpec, PinTable, PortablePins } from "../../hal/index.js";
import { createBoard, type BoardOptions, type NodeBoard } from "./board.js";
import { errorLines } from "./error-text.js";
import { NodePlatform } from "./platform.js";
import { notFed } from "./watchdog.js";
import { raspberry } from "./raspberry.js";

/** How a program is run. */
export interface RunOptions<P extends PinTable = PortablePins> extends Omit<BoardOptions, "now"> {
  /** The board; default {@link raspberry}. */
  readonly board?: BoardSpec<P>;
  /** Slots of the task arena; default as many as the declared kinds want. */
  readonly tasks?: number;
  /** Told about each task that ended by a throw; default: a line on stderr. */
  readonly onFault?: (task: string, error: unknown) => void;
  /** Told what happens to tasks, a `Meter` say; see docs/observability.md. */
  readonly hooks?: TaskHooks;
}

/** A program under way. */
export interface Running<P extends PinTable = PortablePins> {
  /** Runs the program's tasks. */
  readonly executor: Executor;
  /** What `main` got. */
  readonly board: NodeBoard<P>;
  /** Ends it here and now: no task runs again, not even its `finally` blocks, and all lines are released. */
  stop(): void;
}

/**
 * Runs `main`, which spawns the program's tasks. They run from the event loop's next turn on; a task that throws
 * ends alone.
 *
 * The process ends when nothing is left to wait for: no timer, and no task while real pins report edges.
 */
export function run<P extends PinTable = PortablePins>(
  main: (board: NodeBoard<P>) => void,
  options: RunOptions<P> = {},
): Running<P> {
  const platform = new NodePlatform();
  const onFault = options.onFault ?? printFault;
  const tasks = options.tasks === undefined ? {} : { tasks: options.tasks };
  const executorOptions: ExecutorOptions = {
    ...tasks,
    onFault: (task, error) => {
      onFault(task, error);
    },
  };
  const executor =
    options.hooks === undefined
      ? new Executor(platform, executorOptions)
      : new ObservedExecutor(platform, options.hooks, executorOptions);
  const spec = options.board ?? (raspberry as unknown as BoardSpec<P>);
  const onReset = (limit: Ticks): void => {
    process.exitCode = 1;
    onFault("watchdog", notFed(limit));
    stop();
  };
  const board = createBoard(spec, { onReset, ...options, now: () => platform.now() });
  platform.attach(executor, () => {
    board.hold(() => hasTasks(executor));
  });
  const stop = (): void => {
    platform.stop();
    board.close();
  };
  try {
    executor.enter(() => {
      main(board);
    });
  } catch (error) {
    stop();
    throw error;
  }
  return { executor, board, stop };
}

function hasTasks(executor: Executor): boolean {
  return executor.arena.strands.some((strand) => !isClaimable(strand.life_));
}

function printFault(task: string, error: unknown): void {
  process.stderr.write(`${faultText(task, error)}\n`);
}

/** Says that `error` ended `task`, with the author's lines and who awaits it below. */
export function faultText(task: string, error: unknown): string {
  return `task "${task}" ended by an error: ${errorLines(error, isOurs).join("\n")}`;
}

/** Where this library lies, when it is not part of a bundle; one of CommonJS has no address. */
const HERE: unknown = import.meta.url;
const LIBRARY = typeof HERE === "string" ? [fileURLToPath(new URL("../../", HERE))] : [];
const OURS = LIBRARY.flatMap((library) =>
  ["core/", "hal/", "targets/node/"].map((folder) => library + folder),
);

function isOurs(call: string): boolean {
  return OURS.some((folder) => call.includes(folder));
}
