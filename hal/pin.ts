/** Pins: what one line of a board can do, as contracts that every provider fills. */
import type { Future } from "../core/types.js";

/** The electrical level of a digital line. */
export type Level = 0 | 1;

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

/** A line that measures a voltage. */
export interface AnalogPin {
  /** The board's name of this line. */
  readonly name: string;
  /** Bits of a reading: it lies in `0 .. 2 ** resolution - 1`. */
  readonly resolution: number;
  /** Takes one reading. */
  read(): Future<number>;
}
