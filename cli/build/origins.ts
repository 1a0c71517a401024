/** Where the bytes of a bundle come from, by its source map. */
import { TraceMap, eachMapping } from "@jridgewell/trace-mapping";
import type { Bundle } from "./bundle.js";

/** Bytes of a build. */
export interface Sizes {
  readonly total: number;
  /** What comes from the author's modules. */
  readonly tasks: number;
  /** The rest: executor, primitives, pins, the glue around them. */
  readonly runtime: number;
}

/** Divides the bytes of `bundle`: each stretch of text belongs to the module that its start maps to. */
export function sizesOf(bundle: Bundle): Sizes {
  const lines = bundle.code.split("\n");
  const authored = new Set(bundle.compiled.modules.keys());
  let tasks = 0;
  let last: { line: number; column: number; isAuthored: boolean } | undefined;
  const map = new TraceMap(bundle.map as ConstructorParameters<typeof TraceMap>[0]);
  eachMapping(map, ({ generatedLine, generatedColumn, source }) => {
    if (last?.isAuthored === true) tasks += stretch(lines, last, generatedLine, generatedColumn);
    const isAuthored = source !== null && isOneOf(authored, source);
    last = { line: generatedLine, column: generatedColumn, isAuthored };
  });
  const total = Buffer.byteLength(bundle.code.trimEnd());
  return { total, tasks, runtime: total - tasks };
}

/** Maps name sources relative to the output's folder, `out/`. */
function isOneOf(authored: ReadonlySet<string>, source: string): boolean {
  const path = source.replace(/^(\.\.\/)+/, "");
  for (const each of authored) if (each === source || each.endsWith(`/${path}`)) return true;
  return false;
}

function stretch(
  lines: readonly string[],
  from: { line: number; column: number },
  line: number,
  column: number,
): number {
  if (line === from.line) return column - from.column;
  const bytes = lines.slice(from.line - 1, line - 1).reduce((sum, each) => sum + each.length, 0);
  return bytes - from.column + column;
}
