/** What `NODE_V8_COVERAGE` writes, by the source maps in it. */
import { readFileSync } from "node:fs";
import { TraceMap, originalPositionFor } from "@jridgewell/trace-mapping";

interface Coverage {
  readonly result: readonly {
    readonly url: string;
    readonly functions: readonly {
      readonly functionName: string;
      readonly ranges: readonly { startOffset: number }[];
    }[];
  }[];
  readonly "source-map-cache": Readonly<
    Record<string, { readonly lineLengths: readonly number[]; readonly data: object }>
  >;
}

/** The functions with a name in the module at `end` that have a line of the author, which is put first. */
export function coveredFunctions(coverage: string, end: string): string[] {
  const { result, "source-map-cache": maps } = JSON.parse(readFileSync(coverage, "utf8")) as Coverage;
  return result
    .filter(({ url }) => url.endsWith(end))
    .flatMap(({ url, functions }) => {
      const { lineLengths, data } = maps[url]!;
      const trace = new TraceMap(data as ConstructorParameters<typeof TraceMap>[0]);
      return functions.flatMap(({ functionName, ranges }) => {
        let column = ranges[0]!.startOffset;
        let line = 0;
        while (column > lineLengths[line]!) column -= lineLengths[line++]! + 1;
        const { line: own } = originalPositionFor(trace, { line: line + 1, column });
        return functionName === "" || own === null ? [] : [`${own} ${functionName}`];
      });
    });
}
