/** The simulator's provider of the hardware contracts: pins whose outside is the test. */
import type { Instant } from "../../core/index.js";
import {
  DirectAnalogPin,
  EdgePin,
  Lines,
  type AnalogPin,
  type Board,
  type BoardSpec,
  type InputOptions,
  type InputPin,
  type Level,
  type OutputOptions,
  type OutputPin,
  type PinTable,
} from "../../hal/index.js";
import type { TraceLog } from "./trace.js";
import { SimWatchdog } from "./watchdog.js";

/** Bits of a simulated conversion. */
export const RESOLUTION = 12;

class SimOutput implements OutputPin {
  constructor(
    readonly name: string,
    private level_: Level,
    private readonly changed_: (pin: string, level: Level) => void,
  ) {}

  write(level: Level): void {
    if (level === this.level_) return;
    this.level_ = level;
    this.changed_(this.name, level);
  }

  read(): Level {
    return this.level_;
  }

  toggle(): void {
    this.write(this.level_ === 0 ? 1 : 0);
  }
}

/** The pins of a simulated board, and what the outside does to them. */
export class SimBoard<P extends PinTable> implements Board<PinTable> {
  readonly name: string;
  readonly clock: { now(): Instant };
  readonly console: { write(line: string): void };
  readonly watchdog: SimWatchdog;
  private readonly lines_: Lines;
  private readonly levels_ = new Map<string, Level>();
  private readonly readings_ = new Map<string, number>();
  private readonly edgePins_ = new Map<string, EdgePin>();

  constructor(
    spec: BoardSpec<P>,
    private readonly now_: () => number,
    private readonly trace_: TraceLog,
  ) {
    this.name = spec.name;
    this.lines_ = new Lines(spec.name, spec.pins);
    this.clock = { now: () => now_() as Instant };
    this.watchdog = new SimWatchdog(now_);
    this.console = {
      // A program in JavaScript may write anything; text with line breaks is more than one line.
      write: (line: unknown) => {
        for (const each of String(line).split("\n")) trace_.line(now_(), each);
      },
    };
  }

  output(pin: string, options: OutputOptions = {}): OutputPin {
    this.lines_.claim(pin, "output");
    const initial = options.initial ?? 0;
    this.trace_.open(pin, true, initial);
    return new SimOutput(pin, initial, (name, level) => {
      this.trace_.pin(this.now_(), name, level);
    });
  }

  input(pin: string, options: InputOptions = {}): InputPin {
    this.lines_.claim(pin, "input");
    const initial = this.levels_.get(pin) ?? (options.pull === "up" ? 1 : 0);
    this.levels_.set(pin, initial);
    this.trace_.open(pin, false, initial);
    const edgePin = new EdgePin(
      pin,
      () => this.levels_.get(pin) ?? initial,
      () => {
        this.lines_.requireEdges(pin);
      },
    );
    this.edgePins_.set(pin, edgePin);
    return edgePin;
  }

  analog(pin: string): AnalogPin {
    this.lines_.claim(pin, "analog");
    return new DirectAnalogPin(pin, RESOLUTION, () => this.readings_.get(pin) ?? 0);
  }

  /** Drives an input from outside. */
  drive(pin: string, level: Level): void {
    this.lines_.require(pin, "input");
    if (this.levels_.get(pin) === level) return;
    this.levels_.set(pin, level);
    const edgePin = this.edgePins_.get(pin);
    if (edgePin === undefined) return;
    this.trace_.pin(this.now_(), pin, level);
    edgePin.changed(level);
  }

  /** Sets what the next conversions of `pin` give. */
  setReading(pin: string, reading: number): void {
    this.lines_.require(pin, "analog");
    this.readings_.set(pin, reading);
  }
}
