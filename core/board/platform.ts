/**
 * What the device executor asks of its engine. There is nothing here: each target has a module with these names, which
 * device builds put in the place of this one. `docs/porting.md` says what each MUST do.
 */
import type { Op } from "../op.js";
import type { Instant } from "../types.js";

/** Told about each task that ended by a throw. */
export declare function onFault(task: string, error: unknown): void;

/** Asks the engine for `run` soon. `delay` is there for engines whose own function fits then. */
export declare function pend(run: () => void, delay: 0): void;

/** The clock; the same for all operations. */
export declare function clockOf(op?: Op): Instant;

/** Asks the engine to complete `op` after `delay` milliseconds. */
export declare function startTimer(op: Op, delay: number): void;

/** Takes back the timer of `op`, if it is pending still. */
export declare function stopTimer(op: Op, state: number): void;
