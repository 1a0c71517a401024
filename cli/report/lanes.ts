/** A picture of what workers did over time, in text: a lane for each, a time axis below. */
import type { Turn } from "../../targets/node/index.js";
import { drawAxis } from "./time-axis.js";

/** One worker. */
export interface Lane {
  readonly label: string;
  readonly turns: readonly Turn[];
  /** What stands behind the lane. */
  readonly note: string;
}

interface LanesOptions {
  /** Columns of the lanes alone; default 72. */
  readonly columns?: number;
  readonly ascii?: boolean;
}

/** The part of a lane that one column holds. */
interface Cell {
  /** Of the column, from 0 to 1. */
  busy: number;
  /** By name of the task or job. */
  readonly by: Map<string, number>;
}

const LETTERS = "abcdefghijklmnopqrstuvwxyz";

/**
 * Draws lanes, from the first turn of all to the last.
 *
 * A column shows the letter of the task or job that had most of it: a capital where the worker was busy for half of the column
 * or more, a dot where it was idle. Ends without a line break.
 */
export function drawLanes(
  lanes: readonly Lane[],
  { columns = 72, ascii = false }: LanesOptions = {},
): string {
  const turns = lanes.flatMap((lane) => lane.turns);
  if (turns.length === 0) return "no turns";
  const start = turns.reduce((least, { begin }) => Math.min(least, begin), Infinity);
  const end = Math.max(turns.reduce((most, each) => Math.max(most, each.end), start) - start, 0.001);
  const names = [...new Set(turns.map(({ name }) => name))];
  const letterOf = (name: string): string => LETTERS.charAt(names.indexOf(name) % LETTERS.length);
  const width = Math.max(...lanes.map(({ label }) => label.length));
  const [left, right] = ascii ? ["|", "|"] : ["│", "│"];
  const rows = lanes.map(({ label, turns: own, note }) => {
    const cells = cellsOf(own, start, end, columns);
    const lane = cells.map((cell) => glyphOf(cell, letterOf)).join("");
    return `${label.padStart(width)} ${left}${lane}${right} ${note}`.trimEnd();
  });
  const axis = drawAxis(end, columns, ascii).map((line) => `${" ".repeat(width + 2)}${line}`.trimEnd());
  const legend = names.map((name) => `${letterOf(name)} ${name}`).join("   ");
  return [...rows, ...axis, `${" ".repeat(width + 2)}${legend}`].join("\n");
}

function cellsOf(turns: readonly Turn[], start: number, end: number, columns: number): Cell[] {
  const cells = Array.from({ length: columns }, (): Cell => ({ busy: 0, by: new Map() }));
  const perColumn = end / columns;
  for (const turn of turns) {
    const [from, to] = [(turn.begin - start) / perColumn, (turn.end - start) / perColumn];
    const first = Math.min(Math.floor(from), columns - 1);
    for (let i = first; i === first || (i < to && i < columns); i++) {
      const cell = cells[i];
      if (cell === undefined) break;
      // What is too short to measure was there all the same.
      const part = Math.max(Math.min(to, i + 1) - Math.max(from, i), 1e-6);
      cell.busy += part;
      cell.by.set(turn.name, (cell.by.get(turn.name) ?? 0) + part);
    }
  }
  return cells;
}

function glyphOf({ busy, by }: Cell, letterOf: (name: string) => string): string {
  const [most] = [...by].sort(([, a], [, b]) => b - a);
  if (most === undefined) return "·";
  const letter = letterOf(most[0]);
  return busy >= 0.5 ? letter.toUpperCase() : letter;
}
