/**
 * Moddable's provider of the hardware contracts, over its ECMA-419 classes. Each part of a board is an export of its
 * own: a build takes those that the program uses.
 */
import Analog from "embedded:io/analog";
import Digital from "embedded:io/digital";
import Time from "time";
import { DEV } from "../../core/dev.js";
import { fail } from "../../core/errors.js";
import type { Instant } from "../../core/types.js";
import { DirectAnalogPin } from "../../hal/analog.js";
import type { InputOptions, OutputOptions } from "../../hal/board.js";
import { claim, hasEdges, requireEdges } from "../../hal/device-lines.js";
import { EdgePin } from "../../hal/edges.js";
import { NAMES, OPTIONS, READS, TOGGLES, WRITES } from "../../hal/features.js";
import type { AnalogPin, InputPin, Level, OutputPin } from "../../hal/pin.js";

export function output(pin: string, options?: OutputOptions): OutputPin {
  let level: Level = OPTIONS && options !== undefined && options.initial === 1 ? 1 : 0;
  const io = new Digital({ pin: claim(pin, "output"), mode: Digital.Output, initialValue: level });
  const write = (to: Level): void => {
    io.write((level = to));
  };
  write(level);
  const own = {} as { -readonly [K in keyof OutputPin]: OutputPin[K] };
  if (NAMES) own.name = pin;
  if (WRITES) own.write = write;
  if (READS) own.read = () => level;
  if (TOGGLES) own.toggle = () => write(level ? 0 : 1);
  return own;
}

export function input(pin: string, options?: InputOptions): InputPin {
  const line = claim(pin, "input");
  const pull = !OPTIONS || options === undefined ? undefined : options.pull;
  const pulled = pull === "up" ? Digital.InputPullUp : Digital.InputPullDown;
  const mode = pull === undefined ? Digital.Input : pulled;
  // ECMA-419 fixes edges when the pin is opened: a line with an interrupt always has them.
  const edges = {
    edge: Digital.Rising | Digital.Falling,
    onReadable: () => {
      own.changed(io.read() as Level);
    },
  };
  const io = new Digital(hasEdges(pin) ? { pin: line, mode, ...edges } : { pin: line, mode });
  const own = new EdgePin(
    pin,
    () => io.read() as Level,
    () => {
      requireEdges(pin);
    },
  );
  return own;
}

export function analog(pin: string): AnalogPin {
  const io = new Analog({ pin: claim(pin, "analog") });
  return new DirectAnalogPin(pin, io.resolution, () => io.read());
}

export const clock = { now: (): Instant => (Time.ticks | 0) as Instant };

/** Moddable has the watchdog of ESP-IDF for the task that runs its engine, and no module that a program could reach it by. */
export const watchdog = {
  start(): never {
    return fail("E305", "watchdog", DEV && "Moddable has none for programs. Watch in software alone");
  },
  feed(): void {
    // Nothing was started.
  },
};

const out = {
  write(line: string): void {
    trace(line + "\n");
  },
};
export { out as console };
