/** The time axis below a waveform: where its ticks are, and what they say. */

/** One tick: its column, and its label. */
export interface Tick {
  readonly column: number;
  readonly label: string;
}

/** The smallest round steps that keep labels apart, in ms: 1, 2, 5 times a power of ten. */
const ROUND = [1, 2, 5];

/** Columns from one tick to the next at least, so that labels do not touch. */
const SPACING = 10;

/** Places ticks on round times from 0 to `end`, labelled in s, ms or us by the length of the step. */
export function ticks(end: number, columns: number): Tick[] {
  const step = roundStep((end * SPACING) / columns);
  const placed: Tick[] = [];
  // Half a step per thousand absorbs the rounding of steps below 1 ms.
  for (let i = 0; i * step <= end + step / 2000; i++) {
    const column = Math.min(columns - 1, Math.floor((i * step * columns) / end));
    placed.push({ column, label: label(i * step, end) });
  }
  return placed;
}

/** Draws the line and the labels of the axis, each `columns` long at most. */
export function drawAxis(end: number, columns: number, ascii: boolean): [string, string] {
  const line = new Array<string>(columns).fill(ascii ? "-" : "─");
  let labels = "";
  for (const tick of ticks(end, columns)) {
    line[tick.column] = ascii ? "+" : tickGlyph(tick.column, columns);
    const start = Math.max(0, tick.column - Math.floor(tick.label.length / 2));
    const from = Math.min(start, columns - tick.label.length);
    if (from > labels.length || labels === "") labels = labels.padEnd(from) + tick.label;
  }
  return [line.join(""), labels];
}

function tickGlyph(column: number, columns: number): string {
  if (column === 0) return "├";
  return column === columns - 1 ? "┤" : "┼";
}

function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  const factor = ROUND.find((round) => round * power >= least) ?? 10;
  return factor * power;
}

function label(time: number, end: number): string {
  if (time === 0) return "0";
  if (end >= 2000) return `${trim(time / 1000)} s`;
  return end >= 1 ? `${trim(time)} ms` : `${trim(time * 1000)} us`;
}

/** A number without the digits that binary fractions add. */
function trim(value: number): string {
  return String(Number(value.toPrecision(6)));
}
