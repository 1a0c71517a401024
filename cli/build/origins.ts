/** Where the bytes of a bundle come from, by its source map. */
import { TraceMap, eachMapping, type EachMapping } from "@jridgewell/trace-mapping";
import type { FunctionReport, Position } from "../../compiler/index.js";
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
  const authored = new Set(bundle.compiled.modules.keys());
  let tasks = 0;
  eachStretch(bundle, (bytes, { source }) => {
    if (source !== null && isOneOf(authored, source)) tasks += bytes;
  });
  const total = Buffer.byteLength(bundle.code.trimEnd());
  return { total, tasks, runtime: total - tasks };
}

/** Bytes of the code of each of `functions` in `bundle`, in their order; what stands inside of one is its own. */
export function codeBytes(bundle: Bundle, functions: readonly FunctionReport[]): number[] {
  const bytes = new Map(functions.map((fn) => [fn, 0]));
  eachStretch(bundle, (count, { source, originalLine: line, originalColumn: column }) => {
    if (source === null || line === null || column === null) return;
    const fn = innermost(functions, source, { line, column });
    if (fn !== undefined) bytes.set(fn, (bytes.get(fn) ?? 0) + count);
  });
  return [...bytes.values()];
}

/** The last of `functions` to begin before `at`, and to end after it. */
export function innermost(
  functions: readonly FunctionReport[],
  source: string,
  at: Position,
): FunctionReport | undefined {
  const around = functions.filter(
    (fn) => isOneOf([fn.file], source) && !isBefore(at, fn.from) && isBefore(at, fn.to),
  );
  return around.sort((a, b) => (isBefore(a.from, b.from) ? 1 : -1))[0];
}

function isBefore(a: Position, b: Position): boolean {
  return a.line < b.line || (a.line === b.line && a.column < b.column);
}

type Origin = Pick<EachMapping, "source" | "originalLine" | "originalColumn">;

/** Visits each stretch of `bundle`: its bytes, and what its start maps to. */
function eachStretch(bundle: Bundle, visit: (bytes: number, origin: Origin) => void): void {
  const lines = bundle.code.trimEnd().split("\n");
  const map = new TraceMap(bundle.map as ConstructorParameters<typeof TraceMap>[0]);
  let last: EachMapping | undefined;
  eachMapping(map, (mapping) => {
    if (last !== undefined) visit(stretch(lines, last, mapping.generatedLine, mapping.generatedColumn), last);
    last = mapping;
  });
  const end = lines.length;
  if (last !== undefined) visit(stretch(lines, last, end, lines.at(-1)?.length ?? 0), last);
}

/** Maps name sources relative to the output's folder, `out/`. */
export function isOneOf(authored: Iterable<string>, source: string): boolean {
  const path = source.replace(/^(\.\.\/)+/, "");
  for (const each of authored) if (each === source || each.endsWith(`/${path}`)) return true;
  return false;
}

function stretch(
  lines: readonly string[],
  from: { readonly generatedLine: number; readonly generatedColumn: number },
  line: number,
  column: number,
): number {
  const { generatedLine: first, generatedColumn: start } = from;
  if (line === first) return column - start;
  const bytes = lines.slice(first - 1, line - 1).reduce((sum, each) => sum + each.length, 0);
  return bytes - start + column;
}
