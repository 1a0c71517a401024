/**
 * `npm run emit`: what the compiler makes of a program, with the lines of the author that each line comes from.
 *
 *    8 │ function $0() {
 *    9 │   led.toggle();
 */
import { TraceMap, originalPositionFor } from "@jridgewell/trace-mapping";
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
    const trace = new TraceMap(map);
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
        const line = lineOf(trace, i + 1, text);
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

/** The author's line of the first piece of line `line` that has one. */
function lineOf(trace: TraceMap, line: number, text: string): number | null {
  for (let column = 0; column <= text.length; column++) {
    const origin = originalPositionFor(trace, { line, column });
    if (origin.line !== null) return origin.line;
  }
  return null;
}
