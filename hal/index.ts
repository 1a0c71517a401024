/** The hardware abstraction layer: contracts that programs use and providers fill. */
export { type AnalogPin, type InputPin, type Level, type OutputPin } from "./pin.js";
export {
  type Board,
  type BoardSpec,
  type Clock,
  type Console,
  type InputOptions,
  type OutputOptions,
  type PinFunction,
  type PinNames,
  type PinSpec,
  type PinTable,
  type PortablePins,
} from "./board.js";
export { type HardwareWatchdog } from "./watchdog.js";
export { EdgePin } from "./edges.js";
export { DirectAnalogPin } from "./analog.js";
export { Lines } from "./lines.js";
