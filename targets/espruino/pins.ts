/**
 * Espruino's provider of the hardware contracts, over its pin functions. Each part of a board is an export of its
 * own: a build takes those that the program uses.
 */
import type { Instant } from "../../core/types.js";
import { DirectAnalogPin } from "../../hal/analog.js";
import type { InputOptions, OutputOptions } from "../../hal/board.js";
import { claim, requireEdges } from "../../hal/device-lines.js";
import { EdgePin } from "../../hal/edges.js";
import type { AnalogPin, InputPin, Level, OutputPin } from "../../hal/pin.js";

/** Espruino gives 0..1; programs get whole numbers of this many bits, as on every board. */
const RESOLUTION = 12;

export function output(pin: string, options?: OutputOptions): OutputPin {
  const line = claim(pin, "output") as string;
  let level: Level = options && options.initial ? 1 : 0;
  const own: OutputPin = {
    name: pin,
    write(to) {
      digitalWrite(line, (level = to));
    },
    read: () => level,
    toggle() {
      own.write(level ? 0 : 1);
    },
  };
  digitalWrite(line, level);
  return own;
}

export function input(pin: string, options?: InputOptions): InputPin {
  const line = claim(pin, "input") as string;
  pinMode(line, options && options.pull ? "input_pull" + options.pull : "input");
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
  const line = claim(pin, "analog") as string;
  return new DirectAnalogPin(pin, RESOLUTION, () => Math.round(analogRead(line) * ((1 << RESOLUTION) - 1)));
}

export const clock = { now: (): Instant => ((getTime() * 1000) | 0) as Instant };

const out = {
  write(line: string): void {
    console.log(line);
  },
};
export { out as console };
