/** How rows are printed: a table for people, a line of JSON each for programs. */
import { formatTable } from "../cli/report/table.js";
import type { Row } from "./rows.js";

const COLUMNS = [
  "area",
  "id",
  { title: "value", align: "right" },
  { title: "limit", align: "right" },
  "unit",
  "engine",
  "",
  "note",
] as const;

/** The rows as a table. */
export function tableOf(rows: readonly Row[]): string {
  const lines = rows.map((row) => [
    row.area,
    row.id,
    row.value === null ? "-" : numberText(row.value),
    row.limit ?? "",
    row.unit,
    row.engine,
    verdict(row),
    row.skipped ?? row.note,
  ]);
  return formatTable(COLUMNS, lines);
}

/** A row as one line of JSON. */
export function jsonOf(row: Row): string {
  const { area, id, value, unit, engine, ok, note, skipped } = row;
  const limit = row.limit ?? null;
  return JSON.stringify({ area, id, value, limit, unit, engine, ok, note, skipped });
}

/** One line about all of them. */
export function summaryOf(rows: readonly Row[]): string {
  const missed = rows.filter((row) => row.ok === false).map((row) => row.id);
  const skipped = rows.filter((row) => row.skipped !== undefined).length;
  const kept = rows.filter((row) => row.ok === true).length;
  const tail = missed.length === 0 ? "" : `: ${missed.join(", ")}`;
  return `${kept} within their limit, ${missed.length} missed${tail}, ${skipped} skipped`;
}

function verdict(row: Row): string {
  if (row.skipped !== undefined) return "skipped";
  if (row.ok === null) return "";
  return row.ok ? "ok" : "MISSED";
}

/** Three digits that say something. */
function numberText(value: number): string {
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(3)));
}
