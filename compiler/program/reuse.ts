/**
 * What a compilation takes over from the one before it: graphs of functions and whole modules, where neither their file,
 * nor the types in it, nor what they know of other functions changed.
 *
 *   graph of f     its file, facts of all functions that are known before graphs, the files of those that it awaits
 *   module         its graphs, facts of all functions that are known after them
 */
import type ts from "typescript";
import type { AsyncFunction } from "../find/find-tasks.js";
import type { Graph } from "../graph/ir.js";
import type { Program } from "./program.js";
import { serial } from "./serial.js";
import { namedIn, nameOf } from "../find/targets.js";

/** What building a graph says of a function: the names of fields that it sets. */
type Marks = readonly string[];

/** See the head of this file. */
export class Reuse {
  private readonly stamp: string;

  constructor(
    private readonly program: Program,
    private readonly functions: readonly AsyncFunction[],
    /** What differs between targets. */
    private readonly target: string,
  ) {
    const named = program.authored.map(
      (file) => `${file.fileName} ${String(program.isForBoards(file))} ${namesIn(program, file)}`,
    );
    this.stamp = program.serialOf([target, ...named, factsOf(functions)].join("\n"));
  }

  /** What `make` finds in `file`, which may be anything but what graphs say. */
  finding<T>(file: ts.SourceFile, name: string, make: () => T): T {
    return this.program.noted(file, name, make, this.stamp);
  }

  /** The graph of `fn`, which `build` makes. */
  graph(fn: AsyncFunction, build: () => Graph): Graph {
    const others = [fn, ...fn.callees, ...fn.makes];
    const files = others.map((each) => serial(each.file)).join();
    const { graph, marks } = this.program.noted(
      fn.file,
      `graph ${fn.node.pos}`,
      () => withMarks(others, build),
      `${this.stamp} ${files}`,
    );
    marks.forEach((names, i) => {
      for (const name of names) (others[i] as unknown as Record<string, unknown>)[name] = true;
    });
    return graph;
  }

  /** The modules of the program, which `make` makes each of; all `graphs` are built. `more` is what it knows besides. */
  modules<T>(graphs: readonly Graph[], make: (file: ts.SourceFile) => T, more: string): Map<string, T> {
    const facts = this.program.serialOf(`${this.target} ${more}\n${factsOf(this.functions)}`);
    const own = new Map<ts.SourceFile, string>();
    for (const graph of graphs) own.set(graph.fn.file, `${own.get(graph.fn.file) ?? ""} ${serial(graph)}`);
    return new Map(
      this.program.authored.map((file) => {
        const stamp = `${facts}${own.get(file) ?? ""}`;
        return [file.fileName, this.program.noted(file, "module", () => make(file), stamp)];
      }),
    );
  }
}

function namesIn(program: Program, file: ts.SourceFile): string {
  return program.noted(file, "names", () => namedIn(file).map(nameOf).join());
}

/** What functions are to each other, field by field: texts, numbers, names. */
function factsOf(functions: readonly AsyncFunction[]): string {
  return functions
    .map(
      (fn) =>
        `${fn.file.fileName} ${Object.values(fn)
          .map((value: unknown) => textOf(value))
          .join(" ")}`,
    )
    .join("\n");
}

function textOf(value: unknown): string {
  if (Array.isArray(value)) return (value as { id?: string; name?: string }[]).map(nameIn).join();
  return typeof value === "object" ? "" : JSON.stringify(value);
}

/** That of a function or a symbol. */
function nameIn({ id, name }: { id?: string; name?: string }): string {
  return id ?? name ?? "";
}

/** Runs `build`, and finds which functions it says what of: it sets fields that are false before. */
function withMarks(
  functions: readonly AsyncFunction[],
  build: () => Graph,
): { graph: Graph; marks: Marks[] } {
  const fields = functions.map((fn) => fn as unknown as Record<string, unknown>);
  const before = fields.map((fn) => Object.keys(fn).filter((name) => fn[name] === true));
  const setAll = (names: readonly Marks[], value: boolean): void => {
    names.forEach((each, i) => {
      for (const name of each) fields[i]![name] = value;
    });
  };
  setAll(before, false);
  try {
    const graph = build();
    return { graph, marks: fields.map((fn) => Object.keys(fn).filter((name) => fn[name] === true)) };
  } finally {
    setAll(before, true);
  }
}
