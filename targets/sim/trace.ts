/** What a run showed to the outside: levels of pins and lines of text, each at its time. */
import type { Level } from "../../hal/index.js";

/** A pin changed. */
export interface PinEvent {
  /** Milliseconds since start. */
  readonly at: number;
  /** The name of the line. */
  readonly pin: string;
  /** Its level from then on. */
  readonly level: Level;
}

/** The program wrote a line. */
export interface LineEvent {
  /** Milliseconds since start. */
  readonly at: number;
  /** What it wrote. */
  readonly text: string;
}

/** Collects the events of one run, in order. */
export class TraceLog {
  /** Changes of pins. */
  readonly pins: PinEvent[] = [];
  /** Lines of text. */
  readonly lines: LineEvent[] = [];
  /** Names of the outputs, as they were opened. */
  readonly outputs: string[] = [];
  /** Names of the inputs, as they were opened. */
  readonly inputs: string[] = [];
  /** The level of each pin when it was opened. */
  readonly initial: Record<string, Level> = {};
  private hash_ = 0x811c9dc5;

  /** Notes that `pin` exists. */
  open(pin: string, isOutput: boolean, level: Level): void {
    (isOutput ? this.outputs : this.inputs).push(pin);
    this.initial[pin] = level;
  }

  /** Notes that `pin` changed. */
  pin(at: number, pin: string, level: Level): void {
    this.pins.push({ at, pin, level });
    this.mix_(`${at} ${pin} ${level}\n`);
  }

  /** Notes a line of text. */
  line(at: number, text: string): void {
    this.lines.push({ at, text });
    this.mix_(`${at} ${text}\n`);
  }

  /** A digest of all events: equal for equal runs (32-bit FNV-1a, as eight hexadecimal digits). */
  get hash(): string {
    return (this.hash_ >>> 0).toString(16).padStart(8, "0");
  }

  private mix_(text: string): void {
    for (let i = 0; i < text.length; i++) {
      this.hash_ = Math.imul(this.hash_ ^ text.charCodeAt(i), 0x01000193);
    }
  }
}
