/** Kinds of tasks, as they are declared. */
import type { Frame, Strand } from "./scheduler.js";
import type { FaultPolicy } from "./tasks/ends.js";

/** A kind of task: its code and the static storage of its `pool` instances. Start one with `spawn`. */
export interface TaskKind<A extends readonly unknown[], R> {
  /** What its tasks are called. */
  readonly name: string;
  /** Tasks of it that can run at once. */
  readonly pool: number;
  /** From 0, the lowest, to 7. */
  readonly priority: number;
  /** How often its tasks have a turn at least, in ticks; 0 when nothing is said. */
  readonly deadline: number;
  /** Compiled kinds: builds a frame; null for uncompiled ones. */
  readonly frame_: ((strand: Strand, up: Frame | null) => Frame) | null;
  /** Compiled kinds: puts the arguments into a frame. */
  readonly enter_: (frame: Frame, args: readonly unknown[]) => void;
  /** Words of a region; 0 unless it has shared frames. */
  readonly words_: number;
  /** Uncompiled kinds: calls the async function, which gives a lazy call. */
  readonly call_: (args: readonly unknown[]) => unknown;
  /** What the task waits for at each resume point, for people. */
  readonly waits_: readonly string[];
  /** Whether its tasks keep their arguments, to begin again. */
  readonly keepsArguments_: boolean;
  readonly onFault_: FaultPolicy;
  /** Slots follow each other in the order of declaration, in every executor. */
  readonly firstSlot_: number;
  /** Types only. */
  readonly signature_?: (...args: A) => R;
}

/** Every kind declared so far, in order: their slots follow each other in the arena. */
export const kinds: TaskKind<never, unknown>[] = [];

/** Slots of all kinds declared so far. */
export function declaredSlots(): number {
  let slots = 0;
  for (const kind of kinds) slots += kind.pool;
  return slots;
}
