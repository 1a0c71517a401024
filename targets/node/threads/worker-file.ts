/**
 * What workers run: a module beside this one, which package.json has as dormouse/node/worker. A bundler that puts all into one
 * file leaves that behind; workers then start from its text, which builds of the library put into {@link WORKER_SOURCE}.
 */
import { existsSync } from "node:fs";
import { coded } from "../tool-errors.js";
import { WORKER_SOURCE } from "./worker-source.js";

interface WorkerModule {
  readonly module: URL | string;
  /** Whether `module` is the text itself. */
  readonly eval: boolean;
}

let found: WorkerModule | null = null;

/** What `new Worker()` is told of it. */
export function workerModule(): WorkerModule {
  return (found ??= find());
}

function find(): WorkerModule {
  // Bundles of CommonJS have no address.
  const here: unknown = import.meta.url;
  const file = typeof here === "string" ? new URL("./worker/main.js", here) : null;
  if (file !== null && existsSync(file)) return { module: file, eval: false };
  if (WORKER_SOURCE !== "") return { module: WORKER_SOURCE, eval: true };
  const advice = "Leave dormouse out of the bundle (external), or bundle the package as npm installs it";
  throw coded("E436", file?.pathname ?? "dormouse/node/worker", `is not there. ${advice}`);
}
