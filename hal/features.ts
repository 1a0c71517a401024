/**
 * What the program uses of its pins. Device builds put what the compiler found in the place of these (compiler/pins.ts).
 */

/** Names of pins. */
export const NAMES: boolean = true;
/** Levels of outputs, and reads of inputs. */
export const READS: boolean = true;
/** Writes to outputs. */
export const WRITES: boolean = true;
/** Toggles of outputs. */
export const TOGGLES: boolean = true;
/** Options with which pins are opened. */
export const OPTIONS: boolean = true;
/** Openings that may fail: names that are computed, or pins that may be opened twice. */
export const CLAIMS: boolean = true;
/** Lines with other names than their pins. */
export const LINES: boolean = true;
/** Inputs without edges. */
export const DEAF: boolean = true;
