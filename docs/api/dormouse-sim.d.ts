/** What "dormouse/sim" exports; printed from the sources by `npm test -- --update unit/api`. */
/** A task that ended by a throw. */
export interface Fault {
    /** The name of its kind. */
    readonly task: string;
    /** What was thrown. */
    readonly error: unknown;
    /** Milliseconds since start. */
    readonly at: number;
}

/** One entry of `inputs`, as written. Times in milliseconds. */
export interface InputEntry {
    /** The name of the line. */
    readonly pin: string;
    /** When. */
    readonly at: number;
    /** What the pin is driven to; or `reading` for an analog one. */
    readonly level?: Level;
    /** What a conversion of the pin gives from then on. */
    readonly reading?: number;
    /** For how long the contact bounces before it rests at `level`. */
    readonly bounce?: number;
    /** Repeats the entry after so long, until `until` or the end. */
    readonly every?: number;
    /** The last time that it may be repeated. */
    readonly until?: number;
}

/** The program wrote a line. */
export interface LineEvent {
    /** Milliseconds since start. */
    readonly at: number;
    /** What it wrote. */
    readonly text: string;
}

/** A pin changed. */
export interface PinEvent {
    /** Milliseconds since start. */
    readonly at: number;
    /** The name of the line. */
    readonly pin: string;
    /** Its level from then on. */
    readonly level: Level;
}

/**
 * Runs of the executor without progress of time before the clock is moved by one tick. A real engine spends time on
 * each poll; a program that only yields would stop a virtual clock for ever. Part of the trace: every engine that is
 * driven in virtual time counts the same.
 */
export declare const RUNS_PER_TICK = 64;

/** What happens to a program's inputs, and for how long it runs. */
export interface Scenario {
    /** How long to run, in milliseconds. */
    readonly duration: number;
    /** Seeds the bounces. */
    readonly seed: number;
    /** What happens, in any order. */
    readonly inputs: readonly InputEntry[];
}

/** A simulated board with an executor. */
export declare class Sim<P extends PinTable = PortablePins> {
    /** The executor that it drives. */
    readonly executor: Executor;
    /** What the program showed so far. */
    readonly trace: TraceLog;
    /** Tasks that ended by a throw so far. */
    readonly faults: Fault[];
    /** That of its options. */
    readonly seed: number;
    constructor(options?: SimOptions<P>);
    /** Milliseconds since the simulation began. */
    get now(): number;
    /** The board, to be handed to the program. */
    get board(): Board<P>;
    /**
     * Whether the watchdog of the board has begun the program anew. In a simulation that is its end: the trace has a line for it, and
     * nothing happens after it.
     */
    get isReset(): boolean;
    /** Runs `main` as the program's start: what it spawns belongs to this simulation. */
    start(main: (board: Board<P>) => void): this;
    /** Starts one task. */
    spawn<A extends readonly unknown[], R>(kind: TaskKind<A, R>, ...args: A): TaskId;
    /** Drives an input now, or at `at` milliseconds since start. */
    drive(pin: string, level: Level, at?: number): this;
    /** As {@link drive}, with a contact that bounces for `within` milliseconds. */
    bounce(pin: string, level: Level, at?: number, within?: number): this;
    /** Sets the engine's time of day now, or at `at`: milliseconds since 1970, which is where a simulation begins. */
    setWallTime(time: number, at?: number): this;
    /** Lets everything in `stimuli` happen at its time. */
    play(stimuli: readonly Stimulus[]): this;
    /** Sets what an analog pin reads from now, or from `at`, on. */
    reading(pin: string, value: number, at?: number): this;
    /** Lets `span` pass. Jobs of promises run after it; programs with promises want {@link advanceAsync}. */
    advance(span: Ticks): this;
    /** As {@link advance}, for programs with promises: their jobs run in the instant in which they are queued. */
    advanceAsync(span: Ticks): Promise<this>;
}

/** How a simulation is set up. */
export interface SimOptions<P extends PinTable> {
    /** The board; default {@link generic}. */
    readonly board?: BoardSpec<P>;
    /** Seeds everything random: bounces. Default 1. */
    readonly seed?: number;
    /** The clock at the start, in ticks: set it just below 2^31 to test the wrap. */
    readonly start?: number;
    /** Called around each poll, for measurements. */
    readonly onPoll?: (slot: number, begins: boolean) => void;
}

/** One thing that happens to one pin. */
export interface Stimulus {
    /** Milliseconds since start. */
    readonly at: number;
    /** The name of the line. */
    readonly pin: string;
    /** Whether the value is a reading. */
    readonly isAnalog: boolean;
    /** A level, or a reading. */
    readonly value: number;
}

/** Collects the events of one run, in order. */
export declare class TraceLog {
    /** Changes of pins. */
    readonly pins: PinEvent[];
    /** Lines of text. */
    readonly lines: LineEvent[];
    /** Names of the outputs, as they were opened. */
    readonly outputs: string[];
    /** Names of the inputs, as they were opened. */
    readonly inputs: string[];
    /** The level of each pin when it was opened. */
    readonly initial: Record<string, Level>;
    /** Notes that `pin` exists. */
    open(pin: string, isOutput: boolean, level: Level): void;
    /** Notes that `pin` changed. */
    pin(at: number, pin: string, level: Level): void;
    /** Notes a line of text. */
    line(at: number, text: string): void;
    /** A digest of all events: equal for equal runs (32-bit FNV-1a, as eight hexadecimal digits). */
    get hash(): string;
}

/** A board that exists only here; its lines are called as its pins. */
export declare const generic: {
    readonly name: "generic";
    readonly engine: "sim";
    readonly pins: {
        readonly LED1: {
            readonly can: readonly ["output"];
            readonly line: "LED1";
        };
        readonly LED2: {
            readonly can: readonly ["output"];
            readonly line: "LED2";
        };
        readonly LED3: {
            readonly can: readonly ["output"];
            readonly line: "LED3";
        };
        readonly BTN1: {
            readonly can: readonly ["input", "interrupt"];
            readonly line: "BTN1";
        };
        readonly BTN2: {
            readonly can: readonly ["input", "interrupt"];
            readonly line: "BTN2";
        };
        readonly BTN3: {
            readonly can: readonly ["input", "interrupt"];
            readonly line: "BTN3";
        };
        readonly D2: {
            readonly can: readonly ["output", "input", "interrupt"];
            readonly line: "D2";
        };
        readonly D3: {
            readonly can: readonly ["output", "input", "interrupt"];
            readonly line: "D3";
        };
        readonly D4: {
            readonly can: readonly ["output", "input", "interrupt"];
            readonly line: "D4";
        };
        readonly D5: {
            readonly can: readonly ["output", "input", "interrupt"];
            readonly line: "D5";
        };
        readonly D6: {
            readonly can: readonly ["output", "input", "interrupt"];
            readonly line: "D6";
        };
        readonly D7: {
            readonly can: readonly ["output", "input", "interrupt"];
            readonly line: "D7";
        };
        readonly A0: {
            readonly can: readonly ["analog"];
            readonly line: "A0";
        };
        readonly A1: {
            readonly can: readonly ["analog"];
            readonly line: "A1";
        };
        readonly A2: {
            readonly can: readonly ["analog"];
            readonly line: "A2";
        };
        readonly A3: {
            readonly can: readonly ["analog"];
            readonly line: "A3";
        };
    };
};

/** A scenario from its JSON text. @throws Error with one clear line */
export declare function parseScenario(text: string): Scenario;

/** What a scenario without a file is: three seconds in which nothing happens. */
export declare const quiet: Scenario;

/** Everything that happens in `scenario`, in order of time; entries at one time in the order written. */
export declare function stimuliOf(scenario: Scenario): Stimulus[];
