/**
 * Pass 1, its end: functions that await themselves, directly or through others. Those of one cycle have each as many
 * frames as `recursive` says; where one says nothing, the cycle has no fixed size, and is refused.
 *
 *   walk -> visit -> walk        a cycle of two
 *   walk -> sum                  `sum` is in none: one frame, whoever of them awaits it
 */
import ts from "typescript";
import { Refusal } from "../diagnostics.js";
import type { AsyncNode } from "../syntax.js";
import type { AsyncFunction } from "./find-tasks.js";

/** Fills in `cycle` of all `functions`. */
export function findCycles(
  functions: readonly AsyncFunction[],
  isOurs: (fn: AsyncFunction) => boolean,
  refuse: (refusal: Refusal) => void,
): void {
  for (const from of functions) {
    const path = from.cycle === null ? pathToItself(from) : null;
    if (path === null) continue;
    const members = functions.filter((each) => reaches(from, each) && reaches(each, from));
    for (const each of members) each.cycle = from;
    const [own, authors] = [path.find(isOurs), path.find((each) => !isOurs(each))];
    const unbounded = members.find((each) => each.depth === 0);
    if (own !== undefined && authors !== undefined) refuse(refusalOfOurs(own, authors));
    else if (unbounded !== undefined) refuse(refusalOf(unbounded, from, path));
  }
}

/** A function of the library is in the cycle: the author can only leave it out. */
function refusalOfOurs(own: AsyncFunction, authors: AsyncFunction): Refusal {
  const what = `"${own.name}" is called again by what it calls, "${authors.name}", and has one frame`;
  return new Refusal("C110", authors.node, `${what}. Write the inner one as a loop, with a Backoff`);
}

function refusalOf(unbounded: AsyncFunction, from: AsyncFunction, path: readonly AsyncFunction[]): Refusal {
  const names = path.length > 2 ? ` (${path.map((each) => each.name).join(" -> ")})` : "";
  const what = `"${from.name}" awaits itself${names}, and "${unbounded.name}" has no depth`;
  const advice = adviceFor(unbounded.node);
  return new Refusal("C110", unbounded.node, `${what}. ${advice}`);
}

function adviceFor(node: AsyncNode): string {
  const recursive = "recursive(async function ..., { depth: 8 })";
  if (node.asteriskToken !== undefined)
    return "A generator cannot have one: go over the inner one by a name, const items = ...; or keep a list and loop";
  if (ts.isMethodDeclaration(node))
    return `A method has none: await a ${recursive} that takes the object, or keep a list and loop`;
  return `Write ${recursive} around it, or keep a list and loop`;
}

/** The shortest way from `from` to itself; null when there is none. */
function pathToItself(from: AsyncFunction): readonly AsyncFunction[] | null {
  const seen = new Set<AsyncFunction>();
  const paths: (readonly AsyncFunction[])[] = [[from]];
  for (const path of paths) {
    for (const callee of path.at(-1)!.callees) {
      if (callee === from) return [...path, from];
      if (seen.has(callee)) continue;
      seen.add(callee);
      paths.push([...path, callee]);
    }
  }
  return null;
}

function reaches(from: AsyncFunction, to: AsyncFunction): boolean {
  const seen = new Set([from]);
  for (const each of seen) for (const callee of each.callees) seen.add(callee);
  return seen.has(to);
}
