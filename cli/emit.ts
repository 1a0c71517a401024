/**
 * `npm run emit`: what the compiler makes of a program, with the lines of the author that each line comes from.
 *
 *    8 │ function $0() {
 *    9 │   led.toggle();
 */
import { TraceMap, decodedMappings, type SourceMapSegment } from "@jridgewell/trace-mapping";
import { compile, isError, packagePaths, type Backend, type Compiled } from "../compiler/index.js";
import { BuildError } from "./build/bundle.js";
import { printWarnings } from "./explain.js";

type Print = (line: string) => void;

/** Prints the modules of the program at `entry`, compiled by `backend`. @throws BuildError */
export function emit(entry: string, backend: Backend, print: Print): void {
  const compiled = compile({ entry, backend, packages: packagePaths(DORMOUSE_ROOT) });
  if (compiled.diagnostics.some(isError)) throw new BuildError(compiled.diagnostics);
  printWarnings(compiled.diagnostics);
  if (backend === "shared") printThreads(compiled, print);
  printFrames(compiled, print);
  for (const [file, { code, map }] of compiled.modules) {
    print(`── ${file}`);
    const lines = decodedMappings(new TraceMap(map));
    let before: SourceMapSegment | undefined;
    let last: number | null = null;
    let isBlank = false;
    code
      .trimEnd()
      .split("\n")
      .forEach((text, i) => {
        // Where async functions stood there are blank lines.
        const wasBlank = isBlank;
        isBlank = text.trim() === "";
        if (isBlank && wasBlank) return;
        const segments = lines[i] ?? [];
        const line = lineOf(segments, before);
        before = segments.at(-1) ?? before;
        print(`${line === null || line === last ? "     " : String(line).padStart(5)} │ ${text}`);
        last = line;
      });
  }
}

/** What each frame keeps, and for which wait. */
function printFrames({ functions }: Compiled, print: Print): void {
  for (const { name, kept } of functions.filter((each) => each.kept.length > 0)) {
    print(`── ${name} keeps`);
    for (const { name: local, over } of kept) {
      print(`     ${local}${over.length === 0 ? ", an argument" : `, over await ${over.join(", ")}`}`);
    }
  }
}

/** Which tasks may move between threads, and what pins the others. */
function printThreads({ functions }: Compiled, print: Print): void {
  for (const { name, pinnedBy } of functions.filter((each) => each.isTask)) {
    print(
      pinnedBy.length === 0 ? `── ${name} may move between threads` : `── ${name} is pinned to its thread:`,
    );
    for (const reason of pinnedBy) print(`     ${reason}`);
  }
}

/** The author's line that `line` of the code begins a part of; null where it goes on with what is before it. */
function lineOf(segments: readonly SourceMapSegment[], before: SourceMapSegment | undefined): number | null {
  const own = segments.find((each) => !isSame(each, before));
  return own?.[2] === undefined ? null : own[2] + 1;
}

function isSame(one: SourceMapSegment, other: SourceMapSegment | undefined): boolean {
  return other !== undefined && one[2] === other[2] && one[3] === other[3];
}
