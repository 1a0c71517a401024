/** Source maps of a chain of passes: each pass maps to its own input, the caller wants the first one. */
import { addMapping, GenMapping, setSourceContent, toEncodedMap } from "@jridgewell/gen-mapping";
import { eachMapping, originalPositionFor, TraceMap } from "@jridgewell/trace-mapping";

/** A version 3 source map, as an object. */
export type SourceMap = ReturnType<typeof toEncodedMap>;

/** Code and the map from it to what it was made of. */
export interface Mapped {
  readonly code: string;
  readonly map: SourceMap;
}

/** Follows `later` (to an intermediate text) through `earlier` (to the first text). */
export function composeMaps(later: object, earlier: object, fileName: string, source: string): SourceMap {
  const out = new GenMapping({ file: fileName });
  const back = new TraceMap(earlier as ConstructorParameters<typeof TraceMap>[0]);
  eachMapping(new TraceMap(later as ConstructorParameters<typeof TraceMap>[0]), (m) => {
    if (m.originalLine === null) return;
    const origin = originalPositionFor(back, { line: m.originalLine, column: m.originalColumn });
    if (origin.line === null) return;
    addMapping(out, {
      generated: { line: m.generatedLine, column: m.generatedColumn },
      original: { line: origin.line, column: origin.column },
      source: fileName,
    });
  });
  setSourceContent(out, fileName, source);
  return toEncodedMap(out);
}
