/** Traces: what a program did to its pins and its console, as every engine run yields it. */

/** The electrical level of a line at one instant. */
type TraceLevel = 0 | 1;

/** One change of one pin. */
export interface PinEvent {
  /** Milliseconds since the program started. */
  readonly at: number;
  readonly pin: string;
  readonly level: TraceLevel;
}

/** One line of text that the program printed. */
export interface LineEvent {
  /** Milliseconds since the program started. */
  readonly at: number;
  readonly text: string;
}

/** One run of a program: its pins, its text, and how long it ran. */
export interface Trace {
  /** Milliseconds from the start to the end of the run. */
  readonly end: number;
  readonly outputs: readonly string[];
  readonly inputs: readonly string[];
  /** Levels before the first event; a pin that is absent starts at 0. */
  readonly initial: Readonly<Record<string, TraceLevel>>;
  /** In order of time. */
  readonly pins: readonly PinEvent[];
  /** In order of time. */
  readonly lines: readonly LineEvent[];
}

/** The level of `pin` before its first event. */
export function initialLevel(trace: Trace, pin: string): TraceLevel {
  // Own properties only: a pin may be called "constructor".
  return Object.hasOwn(trace.initial, pin) ? (trace.initial[pin] ?? 0) : 0;
}

const HEADER = "# dormouse trace 1";
const NUMBER = String.raw`-?(?:\d+(?:\.\d+)?)(?:e[+-]?\d+)?`;
const EVENT = new RegExp(`^\\s*(${NUMBER}) (\\S+) (.+)$`, "s");
const END = new RegExp(`^end (${NUMBER})$`);

/**
 * Writes a trace as text: a head, then one event a line in order of time, as golden files keep it.
 *
 * At equal times pins come before lines. Pin names hold no white space.
 *
 * @throws when a pin name is empty or holds white space or "="
 */
export function formatTrace(trace: Trace): string {
  for (const pin of namesIn(trace)) checkName(pin);
  const initial = Object.entries(trace.initial)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([pin, level]) => `${pin}=${level}`);
  const head = [
    HEADER,
    ["outputs", ...trace.outputs].join(" "),
    ["inputs", ...trace.inputs].join(" "),
    ["initial", ...initial].join(" "),
    `end ${trace.end}`,
  ];
  return [...head, "", ...eventLines(trace), ""].join("\n");
}

/**
 * Reads what {@link formatTrace} wrote.
 *
 * @throws with the number of the line and what it should be, when the text is not a trace
 */
export function parseTrace(text: string): Trace {
  const rows = text.split(/\r?\n/);
  if (rows[0] !== HEADER) throw wrong(1, `"${HEADER}"`, rows[0]);
  const end = END.exec(rows[4] ?? "");
  if (end === null) throw wrong(5, '"end MILLISECONDS"', rows[4]);
  const pins: PinEvent[] = [];
  const lines: LineEvent[] = [];
  for (let i = 5; i < rows.length; i++) {
    const row = rows[i] as string;
    if (row !== "") parseEvent(row, i + 1, pins, lines);
  }
  return {
    end: Number(end[1]),
    outputs: words(rows, 1, "outputs"),
    inputs: words(rows, 2, "inputs"),
    initial: Object.fromEntries(words(rows, 3, "initial").map((word) => parseInitial(word))),
    pins,
    lines,
  };
}

function eventLines(trace: Trace): string[] {
  const { pins, lines } = trace;
  const width = Math.max(6, ...[...pins, ...lines].map((event) => String(event.at).length));
  const rows: string[] = [];
  let p = 0;
  let l = 0;
  while (p < pins.length || l < lines.length) {
    const pin = pins[p];
    const line = lines[l];
    if (pin !== undefined && (line === undefined || pin.at <= line.at)) {
      rows.push(`${String(pin.at).padStart(width)} ${pin.pin} ${pin.level}`);
      p++;
    } else if (line !== undefined) {
      rows.push(`${String(line.at).padStart(width)} print ${JSON.stringify(line.text)}`);
      l++;
    }
  }
  return rows;
}

function parseEvent(row: string, number: number, pins: PinEvent[], lines: LineEvent[]): void {
  const match = EVENT.exec(row);
  const at = Number(match?.[1]);
  const name = match?.[2] ?? "";
  const value = match?.[3] ?? "";
  // The quote tells a printed line from a pin that happens to be called "print".
  if (name === "print" && value.startsWith('"')) {
    lines.push({ at, text: parseText(value, number) });
  } else if (value === "0" || value === "1") {
    pins.push({ at, pin: name, level: value === "1" ? 1 : 0 });
  } else {
    throw wrong(number, '"TIME PIN LEVEL" or "TIME print TEXT"', row);
  }
}

function parseText(value: string, number: number): string {
  try {
    return String(JSON.parse(value));
  } catch {
    throw wrong(number, "a quoted text", value);
  }
}

function words(rows: readonly string[], index: number, keyword: string): string[] {
  const [first, ...rest] = (rows[index] ?? "").split(" ");
  if (first !== keyword) throw wrong(index + 1, `"${keyword} ..."`, rows[index]);
  return rest;
}

function parseInitial(word: string): [string, TraceLevel] {
  const match = /^(.+)=([01])$/.exec(word);
  if (match === null) throw wrong(4, '"PIN=0" or "PIN=1"', word);
  return [match[1] as string, match[2] === "1" ? 1 : 0];
}

function namesIn(trace: Trace): Set<string> {
  return new Set([
    ...trace.outputs,
    ...trace.inputs,
    ...Object.keys(trace.initial),
    ...trace.pins.map((event) => event.pin),
  ]);
}

function checkName(pin: string): void {
  if (pin === "" || /[\s=]/.test(pin)) {
    throw new Error(`pin ${JSON.stringify(pin)}: a name in a trace holds no white space and no "="`);
  }
}

function wrong(line: number, expected: string, got: string | undefined): Error {
  return new Error(`trace line ${line}: expected ${expected}, got ${JSON.stringify(got ?? "")}`);
}
