/** Kinds of tasks in device builds: the names of the library's `task.ts` and `arena.ts`, over strands with a bit each. */
import { DEV } from "../dev.js";
import { fail } from "../errors.js";
import {
  GENERATION,
  cancelStrand,
  finished,
  makeStrand,
  startStrand,
  tasks,
  wakeStrand,
  type Strand,
} from "./scheduler.js";

interface CompiledTask {
  readonly name: string;
  readonly make_: (strand: Strand) => Strand["enter_"];
}

/** A kind of task: its strands. */
export interface TaskKind {
  readonly name: string;
  readonly strands_: Strand[];
}

export function task(body: CompiledTask, options?: { pool?: number }): TaskKind {
  const kind: TaskKind = { name: body.name, strands_: [] };
  const pool = (options && options.pool) || 1;
  for (let i = 0; i < pool; i++) {
    const strand = makeStrand(null, 1 << tasks.length, body.name);
    strand.id_ = tasks.length;
    strand.enter_ = body.make_(strand);
    strand.resume_ = null;
    tasks.push(strand);
    kind.strands_.push(strand);
  }
  return kind;
}

export function spawn(...all: unknown[]): number {
  const kind = all[0] as TaskKind;
  // The arguments of the function are those of spawn, with what to do at the end in the place of the kind.
  all[0] = finished;
  for (let i = 0; i < kind.strands_.length; i++) {
    const strand = kind.strands_[i]!;
    if (strand.resume_ !== null) continue;
    startStrand(strand, strand.enter_.apply(null, all));
    wakeStrand(strand);
    return (strand.id_ += GENERATION);
  }
  return fail("E101", kind.name, DEV && "all " + kind.strands_.length + " of its slots are in use");
}

export function cancel(id: number): void {
  const strand = tasks[id % GENERATION];
  if (strand !== undefined && strand.id_ === id) cancelStrand(strand);
}
