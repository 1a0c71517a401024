/**
 * Node's provider of the hardware contracts: lines of a gpiochip through the gpiod tools or, without them, pins in
 * memory whose outside is the program that made the board.
 *
 * Edges of real lines keep the process alive (see {@link NodeBoard.hold}); edges in memory do not, since nobody but
 * this process can make them. Driven lines never do: when the program ends, its lines are released.
 */
import type { Instant, RuntimeError, Ticks } from "../../core/index.js";
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
import { findGpiod, type Gpiod } from "./gpiod.js";
import { InputLine } from "./input-line.js";
import { openOutput, type OutputLine } from "./output-line.js";
import { NodePlatform } from "./platform.js";
import { HostWatchdog, notFed } from "./watchdog.js";
import { coded, toolError, type Failure } from "./tool-errors.js";

/** Bits of a reading, as on the simulated board. */
const RESOLUTION = 12;

/** How a board is made. */
export interface BoardOptions {
  /** `memory` leaves the hardware alone; default `auto`: real lines where there are any. */
  readonly pins?: "auto" | "memory";
  /** Path of the gpiochip; default the one behind a Raspberry Pi's header, else /dev/gpiochip0. */
  readonly chip?: string;
  /** The board's clock; default milliseconds since it was made. */
  readonly now?: () => Instant;
  /** Takes the lines that the program writes; default stdout. */
  readonly print?: (line: string) => void;
  /** Takes notes; default stderr. */
  readonly note?: (line: string) => void;
  /** Told once about each cause that makes a gpiod tool fail; default: its message is a note. */
  readonly onError?: (error: RuntimeError) => void;
  /** Told when nobody fed the watchdog for `limit`; default: the process ends with a note and exit code 1. */
  readonly onReset?: (limit: Ticks) => void;
  /** Told about each level that the program gives to an output. */
  readonly onOutput?: (pin: string, level: Level) => void;
}

/** A board, and what the process it lives in may do with it. */
export interface NodeBoard<P extends PinTable> extends Board<P> {
  /** Where its pins are: "memory", or the version of the gpiod tools and the chip. */
  readonly backing: string;
  /** Drives an input from outside. @throws E301 no such pin, E313 it is a real line */
  drive(pin: string, level: Level): void;
  /** Sets what conversions of `pin` give from now on. @throws E301 no such pin */
  setReading(pin: string, reading: number): void;
  /**
   * Whether real inputs that were waited for keep the process alive: to be called when tasks start or end. It asks only
   * while there are such inputs.
   */
  hold(isHeld: () => boolean): void;
  /** Releases all lines. */
  close(): void;
}

/** Makes the board that `spec` describes. Says once, as a note, when its pins live in memory. */
export function createBoard<P extends PinTable>(
  spec: BoardSpec<P>,
  options: BoardOptions = {},
): NodeBoard<P> {
  return new HostBoard(spec, options);
}

class HostOutput implements OutputPin {
  constructor(
    readonly name: string,
    private level_: Level,
    private readonly line_: OutputLine | null,
    private readonly changed_: (pin: string, level: Level) => void,
  ) {}

  write(level: Level): void {
    if (level === this.level_) return;
    this.level_ = level;
    this.line_?.write(level);
    this.changed_(this.name, level);
  }

  read(): Level {
    return this.level_;
  }

  toggle(): void {
    this.write(this.level_ === 0 ? 1 : 0);
  }
}

class HostBoard<P extends PinTable> implements NodeBoard<PinTable> {
  readonly name: string;
  readonly clock: { now(): Instant };
  readonly console: { write(line: string): void };
  readonly backing: string;
  readonly watchdog: HostWatchdog;
  private readonly gpiod_: Gpiod | null;
  private readonly lines_: Lines;
  private readonly pinByLine_ = new Map<string | number, string>();
  private readonly levels_ = new Map<string, Level>();
  private readonly readings_ = new Map<string, number>();
  private readonly edgePins_ = new Map<string, EdgePin>();
  private readonly inputs_ = new Map<string, InputLine>();
  private readonly outputs_: OutputLine[] = [];
  private readonly awaited_ = new Set<InputLine>();
  private readonly said_ = new Set<string>();

  constructor(
    private readonly spec_: BoardSpec<P>,
    private readonly options_: BoardOptions,
  ) {
    this.name = spec_.name;
    this.lines_ = new Lines(spec_.name, spec_.pins);
    this.clock = { now: options_.now ?? ownClock() };
    const print =
      options_.print ??
      ((line) => {
        process.stdout.write(`${line}\n`);
      });
    this.console = {
      write: (line) => {
        print(line);
      },
    };
    this.watchdog = new HostWatchdog(options_.onReset ?? endProcess);
    const found = options_.pins === "memory" ? "" : findGpiod(options_.chip);
    this.gpiod_ = typeof found === "string" ? null : found;
    if (typeof found !== "string") this.backing = `gpiod ${found.version} on ${found.chip}`;
    else this.backing = "memory";
    if (typeof found === "string" && found !== "") this.say_(`${found}: pins live in memory`);
  }

  output(pin: string, options: OutputOptions = {}): OutputPin {
    const line = this.claim_(pin, "output");
    const initial = options.initial ?? 0;
    const changed = this.options_.onOutput ?? (() => undefined);
    const driven = this.gpiod_ === null ? null : this.open_(this.gpiod_, pin, Number(line), initial);
    changed(pin, initial);
    return new HostOutput(pin, initial, driven, changed);
  }

  input(pin: string, options: InputOptions = {}): InputPin {
    const line = this.claim_(pin, "input");
    const edgePin: EdgePin = new EdgePin(
      pin,
      () => this.inputs_.get(pin)?.level ?? this.levels_.get(pin) ?? 0,
      () => {
        this.listen_(pin);
      },
    );
    this.edgePins_.set(pin, edgePin);
    if (this.gpiod_ === null) this.levels_.set(pin, this.levels_.get(pin) ?? (options.pull === "up" ? 1 : 0));
    else this.inputs_.set(pin, this.sense_(this.gpiod_, edgePin, Number(line), options.pull));
    return edgePin;
  }

  analog(pin: string): AnalogPin {
    this.claim_(pin, "analog");
    this.say_(`${this.name} has no analog input: its analog pins read 0, or what setReading() says`);
    return new DirectAnalogPin(pin, RESOLUTION, () => this.readings_.get(pin) ?? 0);
  }

  drive(pin: string, level: Level): void {
    this.requirePin_(pin);
    if (this.gpiod_ !== null) {
      throw coded(
        "E313",
        pin,
        `is a real line of ${this.gpiod_.chip}; make the board with { pins: "memory" } to drive it`,
      );
    }
    if (this.levels_.get(pin) === level) return;
    this.levels_.set(pin, level);
    this.edgePins_.get(pin)?.changed(level);
  }

  setReading(pin: string, reading: number): void {
    this.requirePin_(pin);
    this.readings_.set(pin, reading);
  }

  hold(isHeld: () => boolean): void {
    if (this.awaited_.size === 0) return;
    const holds = isHeld();
    for (const line of this.awaited_) line.hold(holds);
  }

  close(): void {
    this.watchdog.stop();
    for (const line of [...this.inputs_.values(), ...this.outputs_]) line.close();
  }

  /** Two names may be one line, which is then in use under both. */
  private claim_(pin: string, use: "output" | "input" | "analog"): string | number {
    const line = this.lines_.claim(pin, use);
    const other = this.pinByLine_.get(line);
    if (other !== undefined)
      throw coded("E303", pin, `is line ${line}, which is in use already as "${other}"`);
    this.pinByLine_.set(line, pin);
    return line;
  }

  private open_(gpiod: Gpiod, pin: string, line: number, level: Level): OutputLine {
    const opened = openOutput(gpiod, pin, line, level, {
      failed: (failure) => {
        this.fail_(failure);
      },
      merged: () => {
        this.say_(
          `gpioset ${gpiod.version} shows only the last of changes that come within milliseconds (pin ${pin})`,
        );
      },
    });
    this.outputs_.push(opened);
    return opened;
  }

  private sense_(gpiod: Gpiod, pin: EdgePin, line: number, pull: InputOptions["pull"]): InputLine {
    return new InputLine(gpiod, pin.name, line, pull, {
      changed: (level) => {
        pin.changed(level);
      },
      failed: (failure) => {
        this.fail_(failure);
      },
    });
  }

  private listen_(pin: string): void {
    this.lines_.requireEdges(pin);
    const line = this.inputs_.get(pin);
    if (line !== undefined) this.awaited_.add(line);
  }

  /** One cause, say of a chip that may not be opened, fails many pins and is one error. */
  private fail_(failure: Failure): void {
    const error = toolError(failure);
    if (this.options_.onError === undefined) this.say_(error.message, "");
    else if (!this.said_.has(error.message)) this.options_.onError(error);
    this.said_.add(error.message);
  }

  private say_(text: string, prefix = "note: "): void {
    if (this.said_.has(text)) return;
    this.said_.add(text);
    const note =
      this.options_.note ??
      ((line) => {
        process.stderr.write(`${line}\n`);
      });
    note(prefix + text);
  }

  private requirePin_(pin: string): void {
    if (pin in this.spec_.pins) return;
    throw coded(
      "E301",
      pin,
      `board ${this.name} has no such pin. It has ${Object.keys(this.spec_.pins).join(", ")}`,
    );
  }
}

function ownClock(): () => Instant {
  const platform = new NodePlatform();
  return () => platform.now();
}

function endProcess(limit: Ticks): never {
  process.stderr.write(`${notFed(limit).message}\n`);
  process.exit(1);
}
