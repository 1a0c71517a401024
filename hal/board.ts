/** Boards: names of lines, what each can do, and the object that hands them to a program. */
import type { Instant } from "../core/types.js";
import type { HardwareWatchdog } from "./watchdog.js";
import type { AnalogPin, InputPin, Level, OutputPin } from "./pin.js";

/** What a line can be used for. `interrupt` lines can wait for edges. */
export type PinFunction = "output" | "input" | "interrupt" | "analog";

/** One line of a board: what the engine calls it, and what it can do. */
export interface PinSpec {
  /** The engine's own name or number of the line. */
  readonly line: string | number;
  /** What it can be used for. */
  readonly can: readonly PinFunction[];
}

/** The lines of a board by the names that programs use. */
export type PinTable = { readonly [name: string]: PinSpec };

/** A board as data. */
export interface BoardSpec<P extends PinTable = PinTable> {
  /** What people call it. */
  readonly name: string;
  /** The target that it is a board of. */
  readonly engine: "sim" | "node" | "espruino" | "moddable";
  /** Its lines. */
  readonly pins: P;
}

/** The names in `P` of lines that can do `F`. */
export type PinNames<P extends PinTable, F extends PinFunction> = {
  [K in keyof P & string]: F extends P[K]["can"][number] ? K : never;
}[keyof P & string];

type Can<F extends PinFunction> = { readonly line: string | number; readonly can: readonly F[] };
type Led = Can<"output">;
type Button = Can<"input" | "interrupt">;
type Digital = Can<"output" | "input" | "interrupt">;
type Analog = Can<"analog">;

/** The lines that every board offers: a program that uses only these runs on all of them. */
export type PortablePins = {
  readonly LED1: Led;
  readonly LED2: Led;
  readonly BTN1: Button;
  readonly BTN2: Button;
  readonly D2: Digital;
  readonly D3: Digital;
  readonly D4: Digital;
  readonly D5: Digital;
  readonly A0: Analog;
  readonly A1: Analog;
};

/** How an output starts. */
export interface OutputOptions {
  /** The level before the first write; default 0. */
  readonly initial?: Level;
}

/** How an input is biased. */
export interface InputOptions {
  /** The resistor that holds the line while nothing drives it; default none. */
  readonly pull?: "up" | "down";
}

/** The clock of the board. */
export interface Clock {
  /** Milliseconds since some moment of the target's choice, wrapped to a signed 32-bit integer: for differences. */
  now(): Instant;
}

/** Where a program writes lines of text: the serial console of a board, the terminal of a host. */
export interface Console {
  /** Writes `line` and ends the line. */
  write(line: string): void;
}

/**
 * What a target hands to a program: its lines by name, its clock, its console.
 *
 * `Board` alone offers the portable lines; `Board<typeof puck.pins>` those of one board. A wrong name is a
 * type error, and from JavaScript one of
 *
 * @throws E301 the board has no line of that name
 * @throws E302 the line cannot be used so
 * @throws E303 the line is in use already
 */
export interface Board<P extends PinTable = PortablePins> {
  /** That of its {@link BoardSpec}. */
  readonly name: string;
  /** Its clock. */
  readonly clock: Clock;
  /** Where the program writes text. */
  readonly console: Console;
  /** What begins the program anew when it hangs. */
  readonly watchdog: HardwareWatchdog;
  /** Opens a line that the program drives. */
  output(pin: PinNames<P, "output">, options?: OutputOptions): OutputPin;
  /** Opens a line that the program reads, or whose edges it waits for. */
  input(pin: PinNames<P, "input">, options?: InputOptions): InputPin;
  /** Opens a line whose voltage the program measures. */
  analog(pin: PinNames<P, "analog">): AnalogPin;
}
