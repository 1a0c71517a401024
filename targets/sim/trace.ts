/** What a run showed to the outside: levels of pins and lines of text, each at its time. */
import type { Level } from "../../hal/index.js";

/** A pin changed. */
export interface PinEvent {
  /** Milliseconds since start. */
  readonly at: number;
  readonly pin: string;
  readonly level: Level;
}

/** The program wrote a line. */
export interface LineEvent {
  readonly at: number;
  readonly text: string;
}

/** Collects the events of one run, in order. */
export class TraceLog {
  readonly pins: PinEvent[] = [];
  readonly lines: LineEvent[] = [];
  readonly outputs: string[] = [];
  readonly inputs: string[] = [];
  readonly initial: Record<string, Level> = {};
  private hash_ = 0x811c9dc5;

  /** Notes that `pin` exists. */
  open(pin: string, isOutput: boolean, level: Level): void {
    (isOutput ? this.outputs : this.inputs).push(pin);
    this.initial[pin] = level;
  }

  pin(at: number, pin: string, level: Level): void {
    this.pins.push({ at, pin, level });
    this.mix_(`${at} ${pin} ${level}\n`);
  }

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
