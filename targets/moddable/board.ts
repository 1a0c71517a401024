/** Moddable's provider of the hardware contracts, over its ECMA-419 classes. */
import Analog from "embedded:io/analog";
import Digital from "embedded:io/digital";
import Time from "time";
import type { Instant } from "../../core/types.js";
import { DirectAnalogPin } from "../../hal/analog.js";
import { EdgePin } from "../../hal/edges.js";
import { Lines } from "../../hal/lines.js";
import type { InputOptions, OutputOptions, PinTable } from "../../hal/board.js";
import type { AnalogPin, InputPin, Level, OutputPin } from "../../hal/pin.js";

class ModdableOutput implements OutputPin {
  private readonly io_: Digital;

  constructor(
    readonly name: string,
    pin: string | number,
    private level_: Level,
  ) {
    this.io_ = new Digital({ pin, mode: Digital.Output, initialValue: level_ });
    this.io_.write(level_);
  }

  write(level: Level): void {
    this.level_ = level;
    this.io_.write(level);
  }

  read(): Level {
    return this.level_;
  }

  toggle(): void {
    this.write(this.level_ === 0 ? 1 : 0);
  }
}

/** The board handed to a program; `pins` holds at least the lines that it names. */
export class ModdableBoard {
  readonly clock: { now(): Instant };
  readonly console: { write(line: string): void };
  private readonly lines_: Lines;

  constructor(
    readonly name: string,
    private readonly pins_: PinTable,
  ) {
    const start = Time.ticks;
    this.lines_ = new Lines(name, pins_);
    this.clock = { now: () => ((Time.ticks - start) | 0) as Instant };
    this.console = { write: (line) => { trace(line + "\n"); } };
  }

  output(pin: string, options?: OutputOptions): OutputPin {
    const line = this.lines_.claim(pin, "output");
    return new ModdableOutput(pin, line, options !== undefined && options.initial === 1 ? 1 : 0);
  }

  input(pin: string, options?: InputOptions): InputPin {
    const line = this.lines_.claim(pin, "input");
    const pull = options === undefined ? undefined : options.pull;
    const pulled = pull === "up" ? Digital.InputPullUp : Digital.InputPullDown;
    const mode = pull === undefined ? Digital.Input : pulled;
    const hasEdges = this.pins_[pin]!.can.indexOf("interrupt") >= 0;
    // ECMA-419 fixes edges when the pin is opened: a line with an interrupt always has them.
    const edges = { edge: Digital.Rising | Digital.Falling, onReadable: () => { own.changed(io.read() as Level); } };
    const io = new Digital(hasEdges ? { pin: line, mode, ...edges } : { pin: line, mode });
    const own = new EdgePin(pin, () => io.read() as Level, () => { this.lines_.requireEdges(pin); });
    return own;
  }

  analog(pin: string): AnalogPin {
    const io = new Analog({ pin: this.lines_.claim(pin, "analog") });
    return new DirectAnalogPin(pin, io.resolution, () => io.read());
  }
}
