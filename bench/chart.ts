/** Results as pictures and tables for the docs. */
import type { Results } from "./results.js";
import type { Row } from "./rows.js";

const WIDTH = 760;
const LABELS = 190;
const FIGURES = 70;
const BAR = 16;
const STEP = 26;
const TOP = 48;
const INK = "#343a40";

/** Bars of the rows in `unit`, of which 1 is the counterpart; a mark where a row has its limit. */
export function barsOf(results: Results, unit: string): string {
  const rows = results.rows.filter((row) => row.unit === unit && row.value !== null);
  const most = Math.max(1, ...rows.map((row) => Math.max(row.value ?? 0, row.limit ?? 0)));
  const scale = (WIDTH - LABELS - FIGURES) / most;
  const height = TOP + rows.length * STEP + 10;
  const one = LABELS + scale;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" font-family="monospace" font-size="12">`,
    `<rect width="100%" height="100%" fill="#fff"/>`,
    `<text x="10" y="20" fill="${INK}">cost of an operation; 1 is Node's promises, | the limit</text>`,
    ...rows.map((row, i) => barOf(row, TOP + i * STEP, scale)),
    `<path d="M${fixed(one)} ${TOP - 10}V${height - 8}" stroke="${INK}" stroke-dasharray="3 3"/>`,
    `<text x="${fixed(one)}" y="${TOP - 14}" text-anchor="middle" fill="${INK}">1</text>`,
    "</svg>",
    "",
  ].join("\n");
}

/** The rows as a table in Markdown, and below it what they were measured on. */
export function markdownOf(results: Results): string {
  const rows = results.rows.map(
    (row) =>
      `| ${shortName(row)} | ${figure(row)} | ${row.limit ?? ""} | ${row.unit} | ${row.skipped ?? row.note} |`,
  );
  const versions = Object.entries(results.versions).map(([name, version]) => `${name} ${version}`);
  return [
    "| | measured | limit | | |",
    "| --- | --- | --- | --- | --- |",
    ...rows,
    "",
    `Measured ${results.measured} on ${results.machine}; ${versions.join(", ")}.`,
    "",
  ].join("\n");
}

function barOf(row: Row, y: number, scale: number): string {
  const value = row.value ?? 0;
  const fill = row.ok === false ? "#ffc9c9" : "#a5d8ff";
  const middle = y + BAR - 4;
  const limit = row.limit === undefined ? "" : limitMark(LABELS + row.limit * scale, y);
  return [
    `<text x="10" y="${middle}" fill="${INK}">${shortName(row)}</text>`,
    `<rect x="${LABELS}" y="${y}" width="${fixed(value * scale)}" height="${BAR}" fill="${fill}"/>${limit}`,
    `<text x="${WIDTH - 10}" y="${middle}" text-anchor="end" fill="${INK}">${value.toFixed(2)}</text>`,
  ].join("\n");
}

function limitMark(x: number, y: number): string {
  return `<path d="M${fixed(x)} ${y - 2}V${y + BAR + 2}" stroke="#c92a2a" stroke-width="2"/>`;
}

function shortName(row: Row): string {
  return row.id.slice(row.id.indexOf("-") + 1);
}

function figure({ value }: Row): string {
  return value === null ? "-" : String(Number(value.toPrecision(2)));
}

function fixed(x: number): string {
  return String(Number(x.toFixed(1)));
}
