/** Runs a program in the simulator. */
import type { TaskInfo } from "../../core/index.js";
import { stimuliOf, type Fault, type Scenario } from "../../targets/sim/index.js";
import type { Ticks } from "../../core/index.js";
import type { SimModule } from "../build/sim.js";
import type { Trace } from "../report/trace.js";
import { briefFault } from "../report/fault.js";
import { UserError } from "../user-error.js";
import { watched, withinTime } from "./time-limit.js";

export interface TaskRow extends TaskInfo {
  /** Microseconds of this computer. */
  readonly longestPoll: number;
}

export interface SimRun {
  readonly trace: Trace;
  readonly hash: string;
  readonly tasks: readonly TaskRow[];
  readonly faults: readonly Fault[];
}

/** Far more than any scenario needs, on a busy computer too. */
const LIMIT_MS = 20_000;

/**
 * Runs `scenario`. What `main` throws is thrown.
 *
 * @throws UserError E702 when the program takes longer than `limitMs` on this computer
 */
export async function runSim(module: SimModule, scenario: Scenario, limitMs = LIMIT_MS): Promise<SimRun> {
  const longest: number[] = [];
  let began = 0;
  const onPoll = (slot: number, begins: boolean): void => {
    if (begins) began = performance.now();
    else longest[slot] = Math.max(longest[slot] ?? 0, (performance.now() - began) * 1000);
  };
  const sim = new module.Sim({ seed: scenario.seed, onPoll });
  const late = (): UserError => overdue(`at ${sim.now} ms of ${scenario.duration}`, limitMs);
  const span = scenario.duration as Ticks;
  withinTime(limitMs, () => sim.play(stimuliOf(scenario)).start(module.main), late);
  if (module.usesPromises !== true) withinTime(limitMs, () => sim.advance(span), late);
  else {
    // Nothing can stop a job of a promise that never ends.
    const text = overdue(`not at the end of ${scenario.duration} ms`, limitMs).message;
    await watched(limitMs, text, () => handled(() => sim.advanceAsync(span)));
  }
  const { outputs, inputs, initial, pins, lines } = sim.trace;
  return {
    trace: { end: scenario.duration, outputs, inputs, initial, pins, lines },
    hash: sim.trace.hash,
    tasks: module.snapshot(sim.executor).map((task) => ({ ...task, longestPoll: longest[task.slot] ?? 0 })),
    faults: sim.faults,
  };
}

/** Does `work`. @throws UserError E614 when a promise is rejected meanwhile, and nobody handles it */
async function handled(work: () => Promise<unknown>): Promise<void> {
  let problem: UserError | undefined;
  const hear = (error: unknown): void => {
    const advice = "Await it in a try, or give it a catch()";
    problem ??= new UserError(
      `E614 "promise": is rejected, and nobody handles it: ${briefFault(error)}. ${advice}`,
    );
  };
  process.on("unhandledRejection", hear);
  try {
    await work();
  } finally {
    process.off("unhandledRejection", hear);
  }
  if (problem !== undefined) throw problem;
}

function overdue(where: string, limitMs: number): UserError {
  const why = "Is there a loop without an await? It keeps everything else from running";
  return new UserError(`E702 "simulator": still ${where} after ${limitMs / 1000} s. ${why}`);
}
