/**
 * The compiler: the author's program in, modules without async tasks out.
 *
 *   program -> find-tasks -> check -> graph (scopes, statements, expressions, awaits) -> liveness -> layout -> emit
 *           -> splice into modules
 */
import type { EncodedSourceMap } from "@jridgewell/gen-mapping";
import ts from "typescript";
import { arena, board, hostBackend, shared, type Backend } from "./emit/backends.js";
import { findCaptures } from "./find/captures.js";
import { checkAwaits } from "./checks/awaits.js";
import { refuseInFiles } from "./checks/files.js";
import { checkFutures } from "./checks/futures.js";
import { checkStreams } from "./checks/streams.js";
import { checkValues } from "./checks/values.js";
import { runChecks } from "./checks/index.js";
import { refuseDecorators } from "./find/decorators.js";
import { Refusal, diagnosticAt, fromTypeScript, type Diagnostic } from "./diagnostics.js";
import { findPromised } from "./find/promised.js";
import { findTasks, type AsyncFunction } from "./find/find-tasks.js";
import { Findings } from "./findings.js";
import { findCommon } from "./frames/frames.js";
import { buildGraph } from "./graph/graph.js";
import { featuresOf, tellsHow, type Features } from "./features.js";
import { findLongLoops } from "./graph/long-loops.js";
import type { Graph } from "./graph/ir.js";
import { moduleOf, type BackendParts } from "./emit/module.js";
import { withoutUsing } from "./emit/using.js";
import { type PackagePaths } from "./packages.js";
import { Program } from "./program/program.js";
import { Reuse } from "./program/reuse.js";
import { reportOf, type FunctionReport } from "./report.js";
import { lifeOf } from "./find/own-uses.js";
import { refusePinned, sharingOf, type Sharing } from "./frames/send.js";
import { findBoardUses, type BoardUses } from "./pins.js";
import { hasMarks } from "./emit/text.js";

export interface CompileOptions {
  /** The module with the program's `main`. What it imports must run on a board, so that all types are checked too. */
  readonly entry?: string | undefined;
  /** Modules for hosts, as tests are: compiled with what they import. Their types are for `tsc` to check. */
  readonly modules?: readonly string[] | undefined;
  /** Default: that of hosts which the program needs. */
  readonly backend?: Backend | undefined;
  /** Whether the engine has iterators; default true. */
  readonly hasIterators?: boolean;
  /** `shared` back end: pinned tasks have shared frames too. For tests. */
  readonly evenPinned?: boolean;
  /** Whether source maps count all that is generated to the functions that it is for, as sizes want it; coverage does not. */
  readonly mapsAll?: boolean;
  /** Where our own modules lie. */
  readonly packages: PackagePaths;
}

export interface Compiled {
  /** The modules of the author, by absolute path: TypeScript without async tasks. */
  readonly modules: ReadonlyMap<string, { readonly code: string; readonly map: EncodedSourceMap }>;
  readonly diagnostics: readonly Diagnostic[];
  readonly functions: readonly FunctionReport[];
  /** Instances of all kinds: the slots that an executor needs. */
  readonly instances: number;
  readonly board: BoardUses;
  /** What the program needs of an executor. */
  readonly features: Features;
}

/** Compiles a program. Nothing is emitted for one with errors. */
export function compile(given: CompileOptions, previous?: Program): Compiled & { readonly program: Program } {
  const program = new Program(given, given.packages, previous);
  const findings = new Findings(program.authored);
  // Types are checked first: what the passes ask of them is known then.
  for (const file of program.authored) program.complaintsOf(file);
  program.promised = findPromised(program);
  const functions = findTasks(program, findings.refuse);
  program.hasGeneratorObjects = functions.some((fn) => fn.isMade);
  const options = { ...given, backend: given.backend ?? hostBackend(program, functions) };
  findCaptures(program, functions, findings.refuse);
  findLongLoops(program, functions, findings.silences);
  if (lifeOf(program).bonds) for (const fn of functions) fn.isJoined = fn.pool > 0;
  const reuse = new Reuse(program, functions, `${options.backend} ${options.hasIterators ?? true}`);
  checkProgram(options, program, functions, reuse, findings);
  const graphs = findings.hasErrors ? [] : graphsOf(options, program, functions, reuse, findings.refuse);
  const sharing = lazily(() => sharingOf(program, graphs));
  refusePinned(graphs, sharing, findings.refuse);
  const modules: Compiled["modules"] = findings.hasErrors
    ? new Map<string, never>()
    : modulesOf(options, program, graphs, sharing, reuse);
  // Reports are for people; only builds for boards ask for the others.
  const reports = lazily(() => graphs.map((graph) => reportOf(graph, sharing)));
  const board = lazily(() => findBoardUses(program));
  const codes = lazily(() => [...modules.values()].map(({ code }) => code));
  const features = lazily(() => featuresOf(program, functions, graphs, codes().join("\n")));
  return {
    program,
    modules,
    diagnostics: findings.all(),
    instances: functions.reduce((sum, fn) => sum + fn.pool, 0),
    get functions() {
      return reports();
    },
    get board() {
      return board();
    },
    get features() {
      return features();
    },
  };
}

/** Options of which the back end is known. */
type Decided = CompileOptions & { readonly backend: Backend };

/** All that is said of a program before its graphs are built. */
function checkProgram(
  options: CompileOptions,
  program: Program,
  functions: readonly AsyncFunction[],
  reuse: Reuse,
  findings: Findings,
): void {
  const { refuse } = findings;
  refuseInFiles("awaits", checkAwaits, program, functions, reuse, refuse);
  refuseInFiles("futures", checkFutures, program, functions, reuse, refuse);
  refuseInFiles("values", checkValues, program, functions, reuse, refuse);
  refuseInFiles("streams", checkStreams, program, functions, reuse, refuse);
  refuseDecorators(program, functions, options.hasIterators === false, refuse);
  findings.addForeign(typeErrors(program));
  findings.add(program.authored.filter(hasMarks).map(controlCharacters));
  if (!findings.hasErrors) findings.add(problemsOfStart(program, options.entry));
  if (!findings.hasErrors) findings.add(runChecks({ program, functions, reuse }));
}

function controlCharacters({ fileName }: ts.SourceFile): Diagnostic {
  const message = "the file has a control character (U+0001 to U+0007). Write it as an escape: \\u0001";
  return { code: "C113", severity: "error", file: fileName, line: 1, column: 1, message };
}

function modulesOf(
  options: Decided,
  program: Program,
  graphs: readonly Graph[],
  sharing: () => ReadonlyMap<AsyncFunction, Sharing>,
  reuse: Reuse,
): Compiled["modules"] {
  findCommon(graphs);
  const parts = backendOf(options, program, graphs, sharing);
  const backend = options.mapsAll === true ? { ...parts, hidden: [] } : parts;
  const make = (file: ts.SourceFile): ReturnType<typeof moduleOf> =>
    withoutUsing(moduleOf(program, file, graphs, backend), file.fileName);
  // Where a frame lies in shared memory depends on all others.
  const asksHow = options.backend === "board" && tellsHow(program, graphs);
  if (options.backend !== "shared") return reuse.modules(graphs, make, String(asksHow));
  return new Map(program.authored.map((file) => [file.fileName, make(file)]));
}

function backendOf(
  options: Decided,
  program: Program,
  graphs: readonly Graph[],
  sharing: () => ReadonlyMap<AsyncFunction, Sharing>,
): BackendParts {
  if (options.backend === "shared") return shared(program, graphs, sharing(), options.evenPinned ?? false);
  return options.backend === "board" ? board(tellsHow(program, graphs)) : arena;
}

/** `make`, run when its value is asked for first. */
function lazily<T extends object>(make: () => T): () => T {
  let value: T | undefined;
  return () => (value ??= make());
}

function graphsOf(
  options: CompileOptions,
  program: Program,
  functions: readonly AsyncFunction[],
  reuse: Reuse,
  refuse: (refusal: Refusal) => void,
): Graph[] {
  const byNode = new Map<ts.Node, AsyncFunction>(functions.map((fn) => [fn.node, fn]));
  const graphs: Graph[] = [];
  for (const fn of functions) {
    try {
      graphs.push(reuse.graph(fn, () => buildGraph(program, fn, byNode, options.hasIterators ?? true)));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      refuse(error);
    }
  }
  return graphs;
}

function problemsOfStart(program: Program, entry = ""): Diagnostic[] {
  const problem = program.problemOfMain;
  if (problem === undefined) return [];
  const message = `the program ${problem.what}. Write export default function main(board: Board) { ... }`;
  if (problem.at !== undefined) return [diagnosticAt(problem.at, "C103", message)];
  return [{ code: "C103", severity: "error", file: entry, line: 1, column: 1, message }];
}

/** TypeScript's complaints about the author's files. */
function typeErrors(program: Program): Diagnostic[] {
  const all = [...program.program.getOptionsDiagnostics(), ...program.program.getGlobalDiagnostics()];
  for (const file of program.authored) all.push(...program.complaintsOf(file));
  return all.map(fromTypeScript);
}
