/** Comparison of two traces: does one engine do what the other did, and if not, where do they part? */
import { initialLevel, type LineEvent, type Trace } from "./trace.js";

/** What {@link compareTraces} found. */
export interface Comparison {
  readonly equal: boolean;
  /** The largest difference in time between two events that belong together, in ms. */
  readonly worst: number;
  /** The first differences, in words. Empty when equal. */
  readonly differences: readonly string[];
}

/** An event without its pin: a level or a text, ready to print. */
interface Mark {
  readonly at: number;
  readonly value: string;
}

interface Limits {
  readonly tolerance: number;
  /** From here on an event may be absent in one of the traces. */
  readonly tail: number;
}

const SHOWN = 5;
const LONGEST = 120;

/**
 * Compares what two runs did to their output pins and their console.
 *
 * With a tolerance of 0 the whole ordered list of events is the same, times included. With more, each output
 * has the same sequence of levels and the console the same sequence of texts, each event within the
 * tolerance; lines as near as that may come in another order, since two tasks that wait for about as long may
 * wake in either; where the shorter run ends, events within the tolerance of that end may be absent. A run that
 * ended earlier than expected is a difference; one that went on longer is cut there.
 *
 * @param tolerance - ms; 0 asks for exact equality
 */
export function compareTraces(expected: Trace, actual: Trace, tolerance: number): Comparison {
  const end = Math.min(expected.end, actual.end);
  const limits: Limits = { tolerance, tail: tolerance === 0 ? Infinity : end - tolerance };
  const differences: string[] = [];
  let worst = 0;
  if (expected.end - actual.end > tolerance) {
    differences.push(`run: expected until ${ms(expected.end)}, ended at ${ms(actual.end)}`);
  }
  for (const pin of outputsOf(expected, actual)) {
    differences.push(...initialDifference(pin, expected, actual));
    const found = compareMarks(`${pin} event`, levels(expected, pin), levels(actual, pin), limits);
    differences.push(...found.differences);
    worst = Math.max(worst, found.worst);
  }
  const wanted = texts(expected.lines);
  const lines = compareMarks("line", wanted, inOrderOf(wanted, texts(actual.lines), tolerance), limits);
  differences.push(...lines.differences);
  worst = Math.max(worst, lines.worst);
  if (tolerance === 0 && differences.length === 0) differences.push(...orderDifference(expected, actual));
  return { equal: differences.length === 0, worst, differences: firstFew(differences) };
}

/** `actual`, with lines put back that swapped with neighbours; each of the two must be near in both sequences. */
function inOrderOf(expected: readonly Mark[], actual: readonly Mark[], tolerance: number): readonly Mark[] {
  if (tolerance === 0) return actual;
  const marks = [...actual];
  expected.forEach((wanted, i) => {
    const got = marks[i];
    if (got === undefined || got.value === wanted.value) return;
    const from = findSoon(marks, i, wanted.value, tolerance);
    if (from > i && findSoon(expected, i, got.value, tolerance) > i)
      marks.splice(i, 0, ...marks.splice(from, 1));
  });
  return marks;
}

/** Where `value` comes after `start`, and within the tolerance of what is there; or -1. */
function findSoon(marks: readonly Mark[], start: number, value: string, tolerance: number): number {
  const until = (marks[start]?.at ?? 0) + tolerance;
  return marks.findIndex((mark, i) => i > start && mark.value === value && mark.at <= until);
}

/** Compares two sequences; past the first pair that does not match, later pairs say nothing more. */
function compareMarks(
  what: string,
  expected: readonly Mark[],
  actual: readonly Mark[],
  limits: Limits,
): { worst: number; differences: string[] } {
  const differences: string[] = [];
  let worst = 0;
  const longest = Math.max(expected.length, actual.length);
  for (let i = 0; i < longest; i++) {
    const wanted = expected[i];
    const got = actual[i];
    const label = `${what} ${i + 1}: expected ${show(wanted)}, got ${show(got)}`;
    if (wanted === undefined || got === undefined) {
      if (((wanted ?? got) as Mark).at >= limits.tail) break;
      return { worst, differences: [...differences, label] };
    }
    if (wanted.value !== got.value && Math.min(wanted.at, got.at) >= limits.tail) break;
    if (wanted.value !== got.value) return { worst, differences: [...differences, label] };
    const apart = Math.abs(wanted.at - got.at);
    worst = Math.max(worst, apart);
    if (apart > limits.tolerance) differences.push(label);
  }
  return { worst, differences };
}

function outputsOf(expected: Trace, actual: Trace): string[] {
  return [...new Set([...expected.outputs, ...actual.outputs])];
}

function initialDifference(pin: string, expected: Trace, actual: Trace): string[] {
  const wanted = initialLevel(expected, pin);
  const got = initialLevel(actual, pin);
  return wanted === got ? [] : [`${pin} at the start: expected ${wanted}, got ${got}`];
}

/** The one thing that pins compared one by one cannot show: two pins that change in another order. */
function orderDifference(expected: Trace, actual: Trace): string[] {
  const wanted = outputEvents(expected);
  const got = outputEvents(actual);
  const index = wanted.findIndex((mark, i) => mark.value !== got[i]?.value);
  if (index < 0) return [];
  return [`event ${index + 1} of all outputs: expected ${show(wanted[index])}, got ${show(got[index])}`];
}

function outputEvents(trace: Trace): Mark[] {
  const outputs = new Set(trace.outputs);
  return trace.pins
    .filter((event) => outputs.has(event.pin))
    .map((event) => ({ at: event.at, value: `${event.pin} ${event.level}` }));
}

function levels(trace: Trace, pin: string): Mark[] {
  if (!trace.outputs.includes(pin)) return [];
  return trace.pins
    .filter((event) => event.pin === pin)
    .map((event) => ({ at: event.at, value: String(event.level) }));
}

function texts(lines: readonly LineEvent[]): Mark[] {
  return lines.map((line) => ({ at: line.at, value: JSON.stringify(line.text) }));
}

function show(mark: Mark | undefined): string {
  if (mark === undefined) return "nothing";
  const { value } = mark;
  return `${value.length > LONGEST ? `${value.slice(0, LONGEST)}...` : value} at ${ms(mark.at)}`;
}

/** Engines on their own clock report fractions; more than microseconds is noise. */
function ms(time: number): string {
  return `${Math.round(time * 1000) / 1000} ms`;
}

function firstFew(differences: readonly string[]): string[] {
  const rest = differences.length - SHOWN;
  if (rest <= 0) return [...differences];
  return [...differences.slice(0, SHOWN), `and ${rest} more`];
}
