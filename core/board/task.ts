/** Kinds of tasks in device builds: the names of the library's `task.ts` and `arena.ts`, over strands with a bit each. */
import { DEV } from "../dev.js";
import { fail } from "../errors.js";
import { CALLED_TASKS, FULL, IDS, MANY, POOLS } from "../features.js";
import {
  GENERATION,
  cancelStrand,
  finished,
  makeStrand,
  tasks,
  wakeStrand,
  type Strand,
} from "./scheduler.js";

interface CompiledTask {
  readonly name_: string;
  readonly make_: (strand: Strand) => Strand["enter_"];
}

/** A kind of task: its strands; where no kind has more than one, that strand itself. */
export interface TaskKind {
  readonly strands_: Strand[];
}

export const task = POOLS ? makePool : (makeTask as unknown as typeof makePool);

function makePool(body: CompiledTask, options?: { pool?: number }): TaskKind {
  const kind: TaskKind = { strands_: [] };
  const pool = (options && options.pool) || 1;
  for (let i = 0; i < pool; i++) kind.strands_.push(makeTask(body));
  return kind;
}

function makeTask(body: CompiledTask): Strand {
  const strand = makeStrand(body.name_, MANY ? 1 << tasks.length : 1);
  if (IDS) strand.id_ = tasks.length;
  strand.enter_ = body.make_(strand);
  if (MANY || IDS) tasks.push(strand);
  return strand;
}

/** Takes the kind, and the arguments of its function. */
export function spawn(kind: TaskKind): number {
  const strand = POOLS ? freeStrand(kind) : (kind as unknown as Strand);
  // eslint-disable-next-line prefer-rest-params -- a rest parameter is a loop in the ES5 that Espruino gets
  const all = arguments;
  // A function takes what to do at the end, and its arguments. That of a task alone knows, and takes the kind.
  if (CALLED_TASKS) all[0] = finished;
  if (FULL && strand.resume_) return fail("E101", strand.name_, DEV && "all of its slots are in use");
  strand.resume_ = strand.enter_.apply(null, all as never);
  wakeStrand(strand);
  return IDS ? (strand.id_ += GENERATION) : (undefined as never);
}

/** A strand that can be started, or else one that runs. */
function freeStrand(kind: TaskKind): Strand {
  for (const strand of kind.strands_) if (!strand.resume_) return strand;
  return kind.strands_[0]!;
}

export function cancel(id: number): void {
  const strand = tasks[id % GENERATION];
  if (strand !== undefined && strand.id_ === id) cancelStrand(strand);
}
