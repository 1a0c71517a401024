/** The simulator. */
export { Sim, RUNS_PER_TICK, type Fault, type SimOptions } from "./sim.js";
export { generic } from "./generic.js";
export { TraceLog, type LineEvent, type PinEvent } from "./trace.js";
export {
  parseScenario,
  quiet,
  stimuliOf,
  type InputEntry,
  type Scenario,
  type Stimulus,
} from "./scenario.js";
