/** Plain aligned tables, for tasks, sizes and comparisons. */

/** One column: its title, and to which side its cells go. */
export interface Column {
  readonly title: string;
  /** Default: right where every cell is a number or absent, else left. */
  readonly align?: "left" | "right";
}

/** What a table holds; `undefined` leaves the cell empty. */
export type Cell = string | number | undefined;

/** How a table is drawn. */
export interface TableOptions {
  /** Spaces before each line; default 0. */
  readonly indent?: number;
  /** The rule below the titles in plain ASCII; default false. */
  readonly ascii?: boolean;
}

const GAP = "  ";

/** Draws rows below titles, columns aligned, no line with trailing space. Ends without a line break. */
export function formatTable(
  columns: readonly (Column | string)[],
  rows: readonly (readonly Cell[])[],
  options: TableOptions = {},
): string {
  const specs = columns.map((column) => (typeof column === "string" ? { title: column } : column));
  const titles = specs.map((column) => column.title);
  const body = rows.map((row) => specs.map((_, i) => text(row[i])));
  const widths = specs.map((_, i) => Math.max(...[titles, ...body].map((row) => width(row[i] ?? ""))));
  const toRight = specs.map((column, i) => (column.align ?? guess(rows, i)) === "right");
  const rule = widths.map((size) => (options.ascii === true ? "-" : "─").repeat(size));
  const indent = " ".repeat(options.indent ?? 0);
  return [titles, rule, ...body]
    .map((row) => row.map((cell, i) => pad(cell, widths[i] ?? 0, toRight[i] ?? false)))
    .map((cells) => (indent + cells.join(GAP)).trimEnd())
    .join("\n");
}

function guess(rows: readonly (readonly Cell[])[], index: number): "left" | "right" {
  const cells = rows.map((row) => row[index]).filter((cell) => cell !== undefined);
  return cells.length > 0 && cells.every((cell) => typeof cell === "number") ? "right" : "left";
}

function text(cell: Cell): string {
  return cell === undefined ? "" : String(cell).replace(/[\r\n\t]+/g, " ");
}

function pad(cell: string, size: number, toRight: boolean): string {
  const space = " ".repeat(Math.max(0, size - width(cell)));
  return toRight ? space + cell : cell + space;
}

/** Characters, not UTF-16 units. */
function width(cell: string): number {
  return Array.from(cell).length;
}
