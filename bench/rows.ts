/** What a bench is made of: rows, measured in groups. */

/** What runs the measured program. */
export type Engine = "v8" | "xs" | "espruino" | "moddable";

/** One figure. */
export interface RowSpec {
  readonly id: string;
  readonly engine: Engine;
  readonly unit: string;
  /** The value may not be above it. Rows without a limit are there to compare with. */
  readonly limit?: number;
}

/** What a group found for one of its rows. */
export type Found = { readonly value: number; readonly note: string } | { readonly skipped: string };

/** Rows that are measured together. */
export interface Group {
  readonly title: string;
  readonly rows: readonly RowSpec[];
  /** Why it cannot be measured here: what is absent, and how to supply it. */
  missing?(): string | undefined;
  /** Measures; what it finds is keyed by row id. `say` tells a person who waits what goes on. */
  measure(say: (doing: string) => void): Promise<Readonly<Record<string, Found>>>;
}

/** A row with its outcome. */
export interface Row extends RowSpec {
  readonly area: string;
  readonly value: number | null;
  /** Null where nothing was measured, and where there is no limit. */
  readonly ok: boolean | null;
  readonly note: string;
  readonly skipped?: string;
}

/** Measures a group. A group that fails gives rows that missed. */
export async function measureGroup(area: string, group: Group, say: (doing: string) => void): Promise<Row[]> {
  const missing = group.missing?.();
  if (missing !== undefined) return group.rows.map((spec) => rowOf(area, spec, { skipped: missing }));
  try {
    const found = await group.measure(say);
    return group.rows.map((spec) => rowOf(area, spec, found[spec.id]));
  } catch (error) {
    const note = `could not be measured: ${error instanceof Error ? error.message : String(error)}`;
    return group.rows.map((spec) => ({ ...spec, area, value: null, ok: false, note }));
  }
}

function rowOf(area: string, spec: RowSpec, found: Found | undefined): Row {
  if (found === undefined) return { ...spec, area, value: null, ok: false, note: "was not measured" };
  if ("skipped" in found) {
    return { ...spec, area, value: null, ok: null, note: "", skipped: found.skipped };
  }
  const ok = spec.limit === undefined ? null : found.value <= spec.limit;
  return { ...spec, area, ...found, ok };
}
