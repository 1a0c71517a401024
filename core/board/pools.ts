/** Kinds of tasks that have several strands, or options. Programs without such a kind get single.ts in the place of this. */
import { DEADLINES, NAMED, POLICIES, POOLS, PRIORITIES, RESTARTS } from "../features.js";
import type { FaultPolicy } from "../tasks/ends.js";
import { release, type Pool } from "./pool.js";
import { rank } from "./priorities.js";
import { makeTask } from "./scheduler.js";
import type { Making, Strand } from "./strand.js";

/** See the library's. */
interface TaskOptions {
  readonly pool?: number;
  readonly priority?: number;
  readonly name?: string;
  readonly restartable?: boolean;
  readonly onFault?: FaultPolicy;
  readonly deadline?: number;
}

/** A kind of task: its strands that are free; where no kind has more than one, that strand itself. */
export function task(body: Making, options?: TaskOptions): Pool {
  if (!POOLS) return makeWithOptions(body, options) as unknown as Pool;
  const { name_, make_ } = body;
  const kind = { firstFree_: null } as unknown as Pool;
  for (let i = (options && options.pool) || 1; i > 0; i--) {
    const strand = makeWithOptions({ resume_: null, name_, make_ } as Making, options);
    strand.pool_ = kind;
    release(strand);
  }
  return kind;
}

function makeWithOptions(body: Making, options?: TaskOptions): Strand {
  const strand = makeTask(body);
  if (PRIORITIES) rank(strand, (options && options.priority) || 0);
  if (options === undefined) return strand;
  const { name, onFault, restartable, deadline } = options;
  if (DEADLINES && deadline) strand.deadline_ = deadline;
  if (NAMED && name !== undefined) strand.name_ = name;
  if (POLICIES) strand.policy_ = onFault;
  if (RESTARTS) strand.keepsArguments_ = restartable === true || typeof onFault === "object";
  return strand;
}

/** Takes the strand that is free for longest, or else gives one that runs. */
export function freeStrand(kind: Pool): Strand {
  if (!POOLS) return kind as unknown as Strand;
  const strand = kind.firstFree_;
  if (!strand) return kind.lastFree_;
  kind.firstFree_ = strand.nextFree_;
  return strand;
}
