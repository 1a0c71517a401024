/** Espruino's provider of the hardware contracts, over its pin functions. */
import type { Instant } from "../../core/types.js";
import { DirectAnalogPin } from "../../hal/analog.js";
import { EdgePin } from "../../hal/edges.js";
import { Lines } from "../../hal/lines.js";
import type { InputOptions, OutputOptions, PinTable } from "../../hal/board.js";
import type { AnalogPin, InputPin, Level, OutputPin } from "../../hal/pin.js";

/** Espruino gives 0..1; programs get whole numbers of this many bits, as on every board. */
const RESOLUTION = 12;

class EspruinoOutput implements OutputPin {
  constructor(
    readonly name: string,
    private readonly line_: string,
    private level_: Level,
  ) {
    digitalWrite(line_, level_);
  }

  write(level: Level): void {
    digitalWrite(this.line_, (this.level_ = level));
  }

  read(): Level {
    return this.level_;
  }

  toggle(): void {
    this.write(this.level_ ? 0 : 1);
  }
}

/** The board handed to a program; `pins` holds at least the lines that it names. */
export class EspruinoBoard {
  readonly clock: { now(): Instant };
  readonly console: { write(line: string): void };
  private readonly lines_: Lines;

  constructor(
    readonly name: string,
    pins: PinTable,
  ) {
    const start = getTime();
    this.lines_ = new Lines(name, pins);
    this.clock = { now: () => (((getTime() - start) * 1000) | 0) as Instant };
    this.console = { write: (line) => { console.log(line); } };
  }

  output(pin: string, options?: OutputOptions): OutputPin {
    const line = this.lines_.claim(pin, "output") as string;
    return new EspruinoOutput(pin, line, options && options.initial ? 1 : 0);
  }

  input(pin: string, options?: InputOptions): InputPin {
    const line = this.lines_.claim(pin, "input") as string;
    pinMode(line, options && options.pull ? "input_pull" + options.pull : "input");
    const watch = (own: EdgePin): void => {
      this.lines_.requireEdges(pin);
      setWatch((event) => { own.changed(event.state ? 1 : 0); }, line, { repeat: true, edge: "both" });
    };
    return new EdgePin(pin, () => (digitalRead(line) ? 1 : 0), watch);
  }

  analog(pin: string): AnalogPin {
    const line = this.lines_.claim(pin, "analog") as string;
    return new DirectAnalogPin(pin, RESOLUTION, () => Math.round(analogRead(line) * ((1 << RESOLUTION) - 1)));
  }
}
