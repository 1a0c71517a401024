/**
 * Espruino's provider of the hardware contracts, over its pin functions. Each part of a board is an export of its
 * own: a build takes those that the program uses.
 */
import type { Instant, Ticks } from "../../core/types.js";
import { DirectAnalogPin } from "../../hal/analog.js";
import type { InputOptions, OutputOptions } from "../../hal/board.js";
import { claim, requireEdges } from "../../hal/device-lines.js";
import { EdgePin } from "../../hal/edges.js";
import { CLAIMS, LINES, NAMES, OPTIONS, READS, TOGGLES, WRITES } from "../../hal/features.js";
import type { AnalogPin, InputPin, Level, OutputPin } from "../../hal/pin.js";

/** Espruino gives 0..1; programs get whole numbers of this many bits, as on every board. */
const RESOLUTION = 12;

export function output(pin: string, options?: OutputOptions): OutputPin {
  const line = (CLAIMS || LINES ? claim(pin, "output") : pin) as string;
  let level: Level = OPTIONS && options && options.initial ? 1 : 0;
  const write = (to: Level): void => digitalWrite(line, (level = to));
  write(level);
  const own = {} as { -readonly [K in keyof OutputPin]: OutputPin[K] };
  if (NAMES) own.name = pin;
  if (WRITES) own.write = write;
  if (READS) own.read = () => level;
  if (TOGGLES) own.toggle = () => write(level ? 0 : 1);
  return own;
}

export function input(pin: string, options?: InputOptions): InputPin {
  const line = (CLAIMS || LINES ? claim(pin, "input") : pin) as string;
  pinMode(line, OPTIONS && options && options.pull ? "input_pull" + options.pull : "input");
  const watch = (own: EdgePin): void => {
    requireEdges(pin);
    setWatch(
      (event) => {
        own.changed(event.state ? 1 : 0);
      },
      line,
      { repeat: true, edge: "both" },
    );
  };
  return new EdgePin(pin, () => (digitalRead(line) ? 1 : 0), watch);
}

export function analog(pin: string): AnalogPin {
  const line = (CLAIMS || LINES ? claim(pin, "analog") : pin) as string;
  return new DirectAnalogPin(pin, RESOLUTION, () => Math.round(analogRead(line) * ((1 << RESOLUTION) - 1)));
}

export const clock = { now: (): Instant => ((getTime() * 1000) | 0) as Instant };

export const watchdog = {
  start(limit: Ticks): void {
    E.enableWatchdog(limit / 1000, false);
  },
  feed(): void {
    E.kickWatchdog();
  },
};

const out = {
  write(line: string): void {
    console.log(line);
  },
};
export { out as console };
