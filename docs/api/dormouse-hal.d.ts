/** What "dormouse/hal" exports; printed from the sources by `npm test -- --update unit/api`. */
/** A line that measures a voltage. */
export interface AnalogPin {
    /** The board's name of this line. */
    readonly name: string;
    /** Bits of a reading: it lies in `0 .. 2 ** resolution - 1`. */
    readonly resolution: number;
    /** Takes one reading. */
    read(): Future<number>;
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

/** A board as data. */
export interface BoardSpec<P extends PinTable = PinTable> {
    /** What people call it. */
    readonly name: string;
    /** The target that it is a board of. */
    readonly engine: "sim" | "node" | "espruino" | "moddable";
    /** Its lines. */
    readonly pins: P;
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

/** An {@link AnalogPin} whose conversions end at once, as those of all engines so far do. */
export declare class DirectAnalogPin implements AnalogPin {
    readonly name: string;
    readonly resolution: number;
    constructor(name: string, resolution: number, convert_: () => number);
    read(): Future<number>;
}

/** An {@link InputPin} over a provider's line. */
export declare class EdgePin implements InputPin {
    readonly name: string;
    /**
     * `sense` reads the line. `listen` is called before the first wait for an edge, so that a pin that is only read
     * costs no interrupt; the provider calls {@link changed} from then on.
     */
    constructor(name: string, sense_: () => Level, listen_: ((pin: EdgePin) => void) | null);
    read(): Level;
    risingEdge(): Future<void>;
    fallingEdge(): Future<void>;
    anyEdge(): Future<void>;
    /** The line went to `level`: for providers. */
    changed(level: Level): void;
}

/**
 * The watchdog of a board: once it was started it must be fed again and again, or it begins the program anew. It cannot be
 * stopped. A `Watchdog` of the library decides when: while all that it watches is on time.
 */
export interface HardwareWatchdog {
    /** Feeds it, and from now on each time within `limit`. @throws E305 when the board has none */
    start(limit: Ticks): void;
    /** The program is well. Cost: O(1). Interrupts: may be called from anywhere. */
    feed(): void;
}

/** How an input is biased. */
export interface InputOptions {
    /** The resistor that holds the line while nothing drives it; default none. */
    readonly pull?: "up" | "down";
}

/**
 * A line that the program senses.
 *
 * Edges are armed at the call: only an edge after it counts, and nothing is latched while nobody waits
 * (docs/adr/0004). Each call waits for one edge.
 */
export interface InputPin {
    /** The board's name of this line. */
    readonly name: string;
    /** The level of the line now. */
    read(): Level;
    /** Waits until the line goes from 0 to 1. */
    risingEdge(): Future<void>;
    /** Waits until the line goes from 1 to 0. */
    fallingEdge(): Future<void>;
    /** Waits until the line changes. */
    anyEdge(): Future<void>;
}

/** The electrical level of a digital line. */
export type Level = 0 | 1;

/** Hands out the lines of one board, each once. */
export declare class Lines {
    constructor(board_: string, pins_: PinTable);
    /**
     * The engine's line for `pin`, which is in use from now on.
     *
     * @throws E301 unknown name, E302 it cannot do that, E303 in use
     */
    claim(pin: string, use: PinFunction): string | number;
    /**
     * What the board says of `pin`, in use or not.
     *
     * @throws E301 unknown name, E302 it cannot do that
     */
    require(pin: string, use: PinFunction): PinSpec;
    /** Whether the line of `pin` can report edges. */
    hasEdges(pin: string): boolean;
    /** @throws E304 when the line of `pin` cannot report edges */
    requireEdges(pin: string): void;
}

/** How an output starts. */
export interface OutputOptions {
    /** The level before the first write; default 0. */
    readonly initial?: Level;
}

/** A line that the program drives. */
export interface OutputPin {
    /** The board's name of this line. */
    readonly name: string;
    /** Drives the line to `level`. */
    write(level: Level): void;
    /** The level the line is driven to. */
    read(): Level;
    /** Drives the line to the opposite level. */
    toggle(): void;
}

/** What a line can be used for. `interrupt` lines can wait for edges. */
export type PinFunction = "output" | "input" | "interrupt" | "analog";

/** The names in `P` of lines that can do `F`. */
export type PinNames<P extends PinTable, F extends PinFunction> = {
    [K in keyof P & string]: F extends P[K]["can"][number] ? K : never;
}[keyof P & string];

/** One line of a board: what the engine calls it, and what it can do. */
export interface PinSpec {
    /** The engine's own name or number of the line. */
    readonly line: string | number;
    /** What it can be used for. */
    readonly can: readonly PinFunction[];
}

/** The lines of a board by the names that programs use. */
export type PinTable = {
    readonly [name: string]: PinSpec;
};

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
