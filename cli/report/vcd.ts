/** Value change dumps: a trace as the file that GTKWave, PulseView and Surfer open. */
import { initialLevel, type PinEvent, type Trace } from "./trace.js";

/** What the head of the file says. */
export interface VcdOptions {
  readonly title: string;
  /** Left out by default, so that equal runs give equal files. */
  readonly date?: Date;
}

/**
 * Writes the pins of a trace as a VCD, each a wire of one bit.
 *
 * One bit only: PulseView (libsigrok 0.5.2) reads nothing from a file that holds a vector. The time unit is
 * 1 ms where every time is a whole millisecond, else 1 us.
 */
export function toVcd(trace: Trace, options: VcdOptions): string {
  const pins = pinsOf(trace);
  const ids = new Map(pins.map((pin, index) => [pin, identifier(index)]));
  const scale = isWhole(trace) ? 1 : 1000;
  const initial = pins.map((pin) => `${initialLevel(trace, pin)}${ids.get(pin)}`);
  return [
    ...head(options),
    `$timescale ${scale === 1 ? "1 ms" : "1 us"} $end`,
    "$scope module dormouse $end",
    ...pins.map((pin) => `$var wire 1 ${ids.get(pin)} ${word(pin)} $end`),
    "$upscope $end",
    "$enddefinitions $end",
    "#0",
    "$dumpvars",
    ...initial,
    "$end",
    ...changes(trace.pins, ids, scale, Math.round(trace.end * scale)),
    "",
  ].join("\n");
}

function head({ title, date }: VcdOptions): string[] {
  const rows = ["$version dormouse $end", `$comment ${title.replace(/\$end|[\r\n]+/g, " ")} $end`];
  return date === undefined ? rows : [`$date ${date.toISOString()} $end`, ...rows];
}

function changes(
  events: readonly PinEvent[],
  ids: ReadonlyMap<string, string>,
  scale: number,
  end: number,
): string[] {
  const rows: string[] = [];
  let now = 0;
  for (const event of events) {
    const at = Math.round(event.at * scale);
    if (at !== now) rows.push(`#${at}`);
    now = at;
    rows.push(`${event.level}${ids.get(event.pin)}`);
  }
  // The last stamp makes viewers show the run to its end.
  if (end > now) rows.push(`#${end}`);
  return rows;
}

/** Outputs, inputs, then pins that only events name. */
function pinsOf(trace: Trace): string[] {
  return [...new Set([...trace.outputs, ...trace.inputs, ...trace.pins.map((event) => event.pin)])];
}

function isWhole(trace: Trace): boolean {
  return Number.isInteger(trace.end) && trace.pins.every((event) => Number.isInteger(event.at));
}

/** Short codes of printable characters, `!` to `~`, as the format asks. */
function identifier(index: number): string {
  const digit = String.fromCharCode(33 + (index % 94));
  return index < 94 ? digit : identifier(Math.floor(index / 94) - 1) + digit;
}

/** A name ends at white space. */
function word(pin: string): string {
  return pin.replace(/\s+/g, "_");
}
