/** A picture of pins over time in text: one row a pin, a time axis below. */
import { drawAxis } from "./time-axis.js";
import { initialLevel, type Trace } from "./trace.js";

/** How a waveform is drawn. */
export interface WaveformOptions {
  /** Columns of the whole picture; default those of the terminal, or 100. */
  readonly width?: number;
  /** Plain ASCII; default where the terminal says it can show no more (TERM=dumb). */
  readonly ascii?: boolean;
  /** Colours; default on a terminal, unless NO_COLOR is set. */
  readonly color?: boolean;
}

/** The part of one pin's row that one column holds. */
interface Cell {
  /** The level when the column begins. */
  readonly before: 0 | 1;
  /** Changes within the column. */
  readonly edges: number;
}

/** A row of the picture: two lines of text, and the label that stands at the first. */
interface Row {
  readonly label: string;
  readonly lines: readonly string[];
  readonly paint: "output" | "input" | "none";
}

/** Upper and lower glyph of a cell: steady, one edge, a pulse of two, more; each for low and for high before. */
interface Glyphs {
  readonly steady: readonly [string, string];
  readonly edge: readonly [string, string];
  readonly pulse: readonly [string, string];
  readonly busy: string;
  readonly dots: readonly [one: string, many: string];
}

const UNICODE: Glyphs = {
  steady: [" ─", "─ "],
  edge: ["┌┘", "┐└"],
  pulse: ["╷┴", "┬╵"],
  busy: "▒▒",
  dots: ["•", "+"],
};

const ASCII: Glyphs = {
  steady: [" _", "_ "],
  edge: [" |", " |"],
  pulse: [" !", "_!"],
  busy: "##",
  dots: ["*", "+"],
};

const PAINT = { output: "36", input: "33", none: "2" } as const;

const FEWEST_COLUMNS = 24;
const LONGEST_LABEL = 16;
/** A shorter run is drawn as one of a microsecond: below, ticks lose their digits. */
const SHORTEST_MS = 0.001;

/**
 * Draws the pins of a trace over its whole run, outputs first, fitted to a width.
 *
 * A column shows one edge as a corner, a pulse of two as a spike, more as a shaded block, with a note below.
 * Printed lines are marks in a row of their own. Ends without a line break.
 */
export function drawWaveform(trace: Trace, options: WaveformOptions = {}): string {
  const ascii = options.ascii ?? process.env["TERM"] === "dumb";
  const glyphs = ascii ? ASCII : UNICODE;
  const labels = [
    ...trace.outputs,
    ...trace.inputs.map(inputLabel),
    ...(trace.lines.length > 0 ? ["print"] : []),
  ];
  const labelWidth = Math.min(LONGEST_LABEL, Math.max(...labels.map((name) => name.length), 0));
  const columns = Math.max(FEWEST_COLUMNS, (options.width ?? terminalWidth()) - labelWidth - 1);
  const end = Math.max(trace.end, SHORTEST_MS);
  const rows = [...pinRows(trace, end, columns, glyphs), ...printRow(trace, end, columns, glyphs)];
  const axis: Row = { label: "", lines: drawAxis(end, columns, ascii), paint: "none" };
  const picture = [...rows, axis].flatMap((row) => drawRow(row, labelWidth, options.color ?? hasColor()));
  const isBusy = rows.some((row) => row.lines.some((line) => line.includes(glyphs.busy.charAt(0))));
  return [...picture, ...(isBusy ? [note(labelWidth, glyphs)] : [])].join("\n");
}

/** Columns of the terminal, or 100 where there is none. */
function terminalWidth(): number {
  return process.stdout.isTTY ? process.stdout.columns : 100;
}

/** See no-color.org: set and not empty means no. */
function hasColor(): boolean {
  return process.stdout.isTTY && (process.env["NO_COLOR"] ?? "") === "";
}

function inputLabel(pin: string): string {
  return `${pin} in`;
}

function pinRows(trace: Trace, end: number, columns: number, glyphs: Glyphs): Row[] {
  const row = (pin: string, label: string, paint: Row["paint"]): Row => {
    const cells = cellsOf(trace, pin, end, columns).map((cell) => glyphsOf(cell, glyphs));
    return { label, paint, lines: [0, 1].map((line) => cells.map((cell) => cell.charAt(line)).join("")) };
  };
  return [
    ...trace.outputs.map((pin) => row(pin, pin, "output")),
    ...trace.inputs.map((pin) => row(pin, inputLabel(pin), "input")),
  ];
}

function cellsOf(trace: Trace, pin: string, end: number, columns: number): Cell[] {
  const edges = new Array<number>(columns).fill(0);
  const start = initialLevel(trace, pin);
  let level = start;
  for (const event of trace.pins) {
    if (event.pin !== pin || event.level === level) continue;
    level = event.level;
    count(edges, event.at, end);
  }
  let before = start;
  return edges.map((inColumn) => {
    const cell = { before, edges: inColumn };
    if (inColumn % 2 === 1) before = before === 0 ? 1 : 0;
    return cell;
  });
}

function glyphsOf(cell: Cell, glyphs: Glyphs): string {
  if (cell.edges === 0) return glyphs.steady[cell.before];
  if (cell.edges === 1) return glyphs.edge[cell.before];
  return cell.edges === 2 ? glyphs.pulse[cell.before] : glyphs.busy;
}

function printRow(trace: Trace, end: number, columns: number, glyphs: Glyphs): Row[] {
  if (trace.lines.length === 0) return [];
  const counts = new Array<number>(columns).fill(0);
  for (const line of trace.lines) count(counts, line.at, end);
  const [one, many] = glyphs.dots;
  const marks = counts.map((lines) => [" ", one][lines] ?? (lines < 10 ? String(lines) : many));
  return [{ label: "print", lines: [marks.join("")], paint: "none" }];
}

/** Counts an event in its column; one at the very end of the run belongs to the last. */
function count(columns: number[], at: number, end: number): void {
  const column = Math.max(0, Math.min(columns.length - 1, Math.floor((at / end) * columns.length)));
  columns[column] = (columns[column] ?? 0) + 1;
}

function drawRow(row: Row, labelWidth: number, color: boolean): string[] {
  return row.lines.map((line, index) => {
    const name = index === 0 ? row.label.slice(0, labelWidth) : "";
    const drawn = line.trimEnd();
    if (drawn === "") return name;
    const painted = color ? `\x1b[${PAINT[row.paint]}m${drawn}\x1b[0m` : drawn;
    return `${name.padEnd(labelWidth)} ${painted}`;
  });
}

function note(labelWidth: number, glyphs: Glyphs): string {
  return `${" ".repeat(labelWidth)} ${glyphs.busy.charAt(0)} three or more edges in one column`;
}
