/** Which compiled functions one awaits, and where: who awaits what threw, on engines that keep no record of it. */
import type { AsyncFunction } from "./find/find-tasks.js";
import { blocksOf, isSuspension, type Graph, type RaceLine, type Terminator } from "./graph/ir.js";

/** An await of a compiled function, or of a select with it. */
export interface AwaitOf {
  readonly fn: AsyncFunction;
  /** From 1. */
  readonly line: number;
}

/** The awaits of `graph`, each once. */
export function awaitsOf(graph: Graph): AwaitOf[] {
  const found: AwaitOf[] = [];
  for (const { end } of graph.states.flatMap(blocksOf)) {
    if (!isSuspension(end) || end.next.waitsAt === null) continue;
    const line = graph.fn.file.getLineAndCharacterOfPosition(end.next.waitsAt.getStart()).line + 1;
    for (const fn of calledBy(end))
      if (!found.some((each) => each.fn === fn && each.line === line)) found.push({ fn, line });
  }
  return found;
}

function calledBy(end: Terminator): AsyncFunction[] {
  if (end.kind === "call" || end.kind === "resume") return [end.callee.fn];
  return end.kind === "race" ? end.start.flatMap(startedBy) : [];
}

function startedBy(line: RaceLine): AsyncFunction[] {
  if (typeof line === "string") return [];
  return "test" in line ? [...line.then, ...line.otherwise].flatMap(startedBy) : [line.callee.fn];
}
