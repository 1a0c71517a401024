/**
 * The compiler: the author's program in, modules without async tasks out.
 *
 *   program -> find-tasks -> check -> graph (scopes, statements, expressions, awaits) -> liveness -> layout -> emit
 *           -> splice into modules
 */
import type { EncodedSourceMap } from "@jridgewell/gen-mapping";
import ts from "typescript";
import { arena, board, shared, type Backend } from "./backends.js";
import { findCaptures } from "./captures.js";
import { checkAwaits } from "./checks/awaits.js";
import { checkFutures } from "./checks/futures.js";
import { runChecks } from "./checks/index.js";
import { Silences } from "./checks/silences.js";
import { refuseDecorators } from "./decorators.js";
import { Refusal, diagnosticAt, fromTypeScript, isError, type Diagnostic } from "./diagnostics.js";
import { arenaLayout } from "./emit-arena.js";
import { findTasks, type AsyncFunction } from "./find-tasks.js";
import { boardWords, deepestChain, hostWords, keptLocals } from "./frame-size.js";
import { findCommon } from "./frames.js";
import { buildGraph } from "./graph.js";
import { featuresOf, type Features } from "./features.js";
import { findLongLoops } from "./long-loops.js";
import type { Graph } from "./ir.js";
import { moduleOf, type BackendParts } from "./module.js";
import { type PackagePaths } from "./packages.js";
import { Program } from "./program.js";
import { Reuse } from "./reuse.js";
import { placeOf, reasonsOf, refusePinned, sharingOf, type Sharing } from "./send.js";
import { findBoardUses, type BoardUses } from "./pins.js";
import { asWritten, hasMarks } from "./text.js";
import { refuseUsingOutside } from "./using.js";

export interface CompileOptions {
  /** The module with the program's `main`. What it imports must run on a board, so that all types are checked too. */
  readonly entry?: string | undefined;
  /** Modules for hosts, as tests are: compiled with what they import. Their types are for `tsc` to check. */
  readonly modules?: readonly string[] | undefined;
  readonly backend: Backend;
  /** Whether the engine has iterators; default true. */
  readonly hasIterators?: boolean;
  /** `shared` back end: pinned tasks have shared frames too, unless they hold futures or races. For tests. */
  readonly evenPinned?: boolean;
  /** Where our own modules lie. */
  readonly packages: PackagePaths;
}

/** One function, for reports. */
export interface FunctionReport {
  readonly name: string;
  readonly file: string;
  readonly isTask: boolean;
  readonly pool: number;
  /** Names of the locals in the frame. */
  readonly locals: readonly string[];
  /** Those of the author with what they are kept for: the first wait that they live over, or "". */
  readonly kept: readonly { readonly name: string; readonly over: string }[];
  /** What its frame takes on V8, in words of 8 bytes, and on boards, in variables; see frame-size.ts. */
  readonly hostWords: number;
  readonly boardWords: number;
  /** The longest way of awaits from here down, by name. */
  readonly chain: readonly string[];
  readonly states: number;
  /** What keeps it, or what it awaits, from moving between threads; empty when it may. Computed when it is asked. */
  readonly pinnedBy: readonly string[];
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
export function compile(
  options: CompileOptions,
  previous?: Program,
): Compiled & { readonly program: Program } {
  const program = new Program(options, options.packages, previous);
  const silences = new Silences(program.authored);
  const diagnostics: Diagnostic[] = [];
  const refuse = (refusal: Refusal): void => {
    const { node, code, message, canBeSilenced } = refusal;
    if (!canBeSilenced || !silences.has(code, node)) diagnostics.push(diagnosticAt(node, code, message));
  };
  // Types are checked first: what the passes ask of them is known then.
  for (const file of program.authored) program.complaintsOf(file);
  const functions = findTasks(program, refuse);
  findCaptures(program, functions, refuse);
  findLongLoops(program, functions, silences);
  const { backend: name, hasIterators = true } = options;
  const reuse = new Reuse(program, functions, `${name} ${hasIterators}`);
  checkAwaits(program, functions, reuse, refuse);
  checkFutures(program, functions, reuse, refuse);
  if (options.backend === "board") refuseUsingOutside(program, functions, refuse);
  refuseDecorators(program, functions, options.hasIterators === false, refuse);
  diagnostics.push(...typeErrors(program, diagnostics));
  for (const file of program.authored.filter(hasMarks)) {
    const message = "the file has a control character (U+0001 to U+0007). Write it as an escape: \\u0001";
    diagnostics.push({ code: "C113", severity: "error", file: file.fileName, line: 1, column: 1, message });
  }
  if (!diagnostics.some(isError)) diagnostics.push(...problemsOfStart(program, options.entry));
  const found = diagnostics.some(isError) ? [] : runChecks({ program, functions, reuse });
  diagnostics.push(...found.filter(isError));
  const byNode = new Map<ts.Node, AsyncFunction>(functions.map((fn) => [fn.node, fn]));
  const graphs = diagnostics.some(isError)
    ? []
    : graphsOf(program, functions, byNode, hasIterators, reuse, refuse);
  const sharing = lazily(() => sharingOf(program, graphs));
  refusePinned(graphs, sharing, refuse);
  const modules = diagnostics.some(isError)
    ? new Map<string, never>()
    : modulesOf(options, program, graphs, sharing, reuse);
  if (diagnostics.some(isError)) diagnostics.push(...silences.ofErrors(diagnostics));
  else diagnostics.push(...silences.apply(found), ...silences.ofThemselves());
  const reports = lazily(() => graphs.map((graph) => reportOf(graph, sharing)));
  // Only builds for boards ask for these.
  const board = lazily(() => findBoardUses(program));
  const codes = [...modules.values()].map(({ code }) => code);
  const features = lazily(() => featuresOf(program, functions, graphs, codes.join("\n")));
  return {
    program,
    modules,
    diagnostics: sorted(diagnostics),
    get functions() {
      return reports();
    },
    instances: functions.reduce((sum, fn) => sum + fn.pool, 0),
    get board() {
      return board();
    },
    get features() {
      return features();
    },
  };
}

function modulesOf(
  options: CompileOptions,
  program: Program,
  graphs: readonly Graph[],
  sharing: () => ReadonlyMap<AsyncFunction, Sharing>,
  reuse: Reuse,
): Compiled["modules"] {
  findCommon(graphs);
  const backend = backendOf(options, program, graphs, sharing);
  const make = (file: ts.SourceFile): ReturnType<typeof moduleOf> => moduleOf(file, graphs, backend);
  // Where a frame lies in shared memory depends on all others.
  if (options.backend !== "shared") return reuse.modules(graphs, make);
  return new Map(program.authored.map((file) => [file.fileName, make(file)]));
}

function backendOf(
  options: CompileOptions,
  program: Program,
  graphs: readonly Graph[],
  sharing: () => ReadonlyMap<AsyncFunction, Sharing>,
): BackendParts {
  if (options.backend === "shared") return shared(program, graphs, sharing(), options.evenPinned ?? false);
  return options.backend === "board" ? board : arena;
}

/** `make`, run when its value is asked for first. */
function lazily<T extends object>(make: () => T): () => T {
  let value: T | undefined;
  return () => (value ??= make());
}

function graphsOf(
  program: Program,
  functions: readonly AsyncFunction[],
  byNode: ReadonlyMap<ts.Node, AsyncFunction>,
  hasIterators: boolean,
  reuse: Reuse,
  refuse: (refusal: Refusal) => void,
): Graph[] {
  const graphs: Graph[] = [];
  for (const fn of functions) {
    try {
      graphs.push(reuse.graph(fn, () => buildGraph(program, fn, byNode, hasIterators)));
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

/** TypeScript's complaints about the author's files; not those on a line that we complained about better. */
function typeErrors(program: Program, ours: readonly Diagnostic[]): Diagnostic[] {
  const isKnown = (each: Diagnostic): boolean =>
    ours.some((own) => own.file === each.file && own.line === each.line);
  const all = [...program.program.getOptionsDiagnostics(), ...program.program.getGlobalDiagnostics()];
  for (const file of program.authored) all.push(...program.complaintsOf(file));
  return all.map(fromTypeScript).filter((each) => !isKnown(each));
}

function sorted(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  return [...diagnostics].sort(
    (a, b) => a.file.localeCompare(b.file) || a.line - b.line || a.column - b.column,
  );
}

function reportOf(graph: Graph, sharing: () => ReadonlyMap<AsyncFunction, Sharing>): FunctionReport {
  const { fn } = graph;
  const { words } = arenaLayout(graph);
  return {
    name: fn.name,
    file: fn.file.fileName,
    isTask: fn.pool > 0,
    pool: fn.pool,
    locals: words.flatMap((word) => word.slots).map((slot) => asWritten(slot.name)),
    get kept() {
      return keptLocals(graph);
    },
    hostWords: hostWords(graph),
    boardWords: boardWords(graph),
    get chain() {
      return deepestChain(fn);
    },
    states: graph.states.length,
    get pinnedBy() {
      return reasonsOf(sharing().get(fn)!).map((reason) => `${placeOf(reason)} ${reason.text}`);
    },
  };
}
