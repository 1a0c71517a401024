/** Runs a program in the simulator. */
import type { TaskInfo } from "../../core/index.js";
import { stimuliOf, type Fault, type Scenario } from "../../targets/sim/index.js";
import type { Ticks } from "../../core/index.js";
import type { SimModule } from "../build/sim.js";
import type { Trace } from "../report/trace.js";

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

/** Runs `scenario`. What `main` throws is thrown. */
export function runSim(module: SimModule, scenario: Scenario): SimRun {
  const longest: number[] = [];
  let began = 0;
  const onPoll = (slot: number, begins: boolean): void => {
    if (begins) began = performance.now();
    else longest[slot] = Math.max(longest[slot] ?? 0, (performance.now() - began) * 1000);
  };
  const sim = new module.Sim({ seed: scenario.seed, onPoll });
  sim
    .play(stimuliOf(scenario))
    .start(module.main)
    .advance(scenario.duration as Ticks);
  const { outputs, inputs, initial, pins, lines } = sim.trace;
  return {
    trace: { end: scenario.duration, outputs, inputs, initial, pins, lines },
    hash: sim.trace.hash,
    tasks: module.snapshot(sim.executor).map((task) => ({ ...task, longestPoll: longest[task.slot] ?? 0 })),
    faults: sim.faults,
  };
}
