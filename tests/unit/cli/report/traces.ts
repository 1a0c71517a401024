/** Traces for the tests of reports: made by hand, and arbitrary ones. */
import fc from "fast-check";
import type { LineEvent, PinEvent, Trace } from "../../../../cli/report/trace.js";

/** A run of 100 ms with nothing in it but what is given. */
export function trace(parts: Partial<Trace> = {}): Trace {
  return { end: 100, outputs: [], inputs: [], initial: {}, pins: [], lines: [], ...parts };
}

/** Events of one pin at the given times, the first to 1, then back and forth. */
export function toggles(pin: string, times: readonly number[]): PinEvent[] {
  return times.map((at, i) => ({ at, pin, level: i % 2 === 0 ? 1 : 0 }));
}

/** Lines of text, one at each time. */
export function printed(events: readonly (readonly [number, string])[]): LineEvent[] {
  return events.map(([at, text]) => ({ at, text }));
}

const PLAIN_OBJECT = { noNullPrototype: true };
const level = fc.constantFrom<0 | 1>(0, 1);
const time = fc.oneof(fc.nat(10_000), fc.double({ min: 0, max: 10_000, noNaN: true }).map(Math.abs));
const pinName = fc.oneof(
  fc.constantFrom("LED1", "print", "3", "__proto__", "end"),
  fc.string({ minLength: 1, maxLength: 6 }).filter((name) => !/[\s=]/.test(name)),
);

/** Any trace in order of time, with names and texts as odd as they may be. */
export const anyTrace: fc.Arbitrary<Trace> = fc
  .record({
    end: time,
    outputs: fc.uniqueArray(pinName, { maxLength: 4 }),
    inputs: fc.uniqueArray(pinName, { maxLength: 4 }),
    initial: fc.array(fc.tuple(pinName, level), { maxLength: 4 }).map((all) => Object.fromEntries(all)),
    pins: fc.array(fc.record({ at: time, pin: pinName, level }, PLAIN_OBJECT)),
    lines: fc.array(fc.record({ at: time, text: fc.string({ unit: "grapheme" }) }, PLAIN_OBJECT)),
  })
  .map((parts) => ({ ...parts, pins: inOrder(parts.pins), lines: inOrder(parts.lines) }));

function inOrder<T extends { readonly at: number }>(events: T[]): T[] {
  return events.sort((a, b) => a.at - b.at);
}
