/** Which names of the library a program uses, by what they stand for: `list.join(" ")` is no use of `join`. */
import ts from "typescript";
import type { Program } from "../program/program.js";

/** What needs the bonds of tasks (core/tasks/bonds.ts). */
const BONDS = ["join", "settled", "stop", "detach", "restart", "TaskGroup"];
/** What else takes or gives handles of tasks. */
const HANDLES = ["currentTask", "nameOf", "slotOf"];
/** What starts tasks besides `spawn`. */
const STARTERS = ["trySpawn", "reserve", "restart", "TaskGroup"];
const HOLDS = ["pause", "resume"];
const FAULTS = ["faultCount", "lastFault", "onUnhandledFault"];
/** What ends tasks besides `cancel`. */
const ENDERS = ["stop", "restart", "TaskGroup"];

/** What a program does with its tasks besides spawning and cancelling them. */
export interface LifeUses {
  readonly bonds: boolean;
  /** Ends tasks besides `cancel`. */
  readonly stops: boolean;
  readonly groups: boolean;
  readonly restarts: boolean;
  /** Kinds that say what becomes of faults. */
  readonly policies: boolean;
  readonly faults: boolean;
  /** Kinds that say how often their tasks have a turn. */
  readonly deadlines: boolean;
  /** Kinds with a priority. */
  readonly priorities: boolean;
  /** Kinds with a name of their own. */
  readonly named: boolean;
  readonly handles: boolean;
  readonly starts: boolean;
  readonly reserves: boolean;
  readonly holds: boolean;
  /** Tells hooks what happens to tasks. */
  readonly observed: boolean;
}

export function lifeOf(program: Program): LifeUses {
  const own = ownUses(program, [...BONDS, ...HANDLES, ...STARTERS, ...HOLDS, ...FAULTS, "observe"]);
  const uses = (...names: readonly string[]): boolean => names.some((name) => own.has(name));
  const options = taskOptions(program);
  const policies = options.has("onFault");
  return {
    bonds: uses(...BONDS) || policies,
    stops: uses(...ENDERS),
    groups: uses("TaskGroup"),
    restarts: uses("restart") || policies,
    policies,
    faults: uses(...FAULTS),
    named: options.has("name"),
    deadlines: options.has("deadline"),
    priorities: options.has("priority"),
    handles: uses(...HANDLES),
    starts: uses(...STARTERS),
    reserves: uses("reserve"),
    holds: uses(...HOLDS),
    observed: uses("observe"),
  };
}

/** Options of `task()` that boards look at, but for the pool. */
const OPTIONS = ["onFault", "name", "priority", "deadline"];

/** Those that kinds of the program have. */
function taskOptions(program: Program): Set<string> {
  const files = program.authored.filter((file) => /\btask\b/.test(file.text));
  return new Set(
    files.flatMap((file) => program.noted(file, "task options", () => optionsIn(program, file))),
  );
}

function optionsIn(program: Program, file: ts.SourceFile): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const options = ts.isCallExpression(node) ? node.arguments[1] : undefined;
    if (options && program.ownNameOf((node as ts.CallExpression).expression) === "task")
      found.push(...OPTIONS.filter((name) => program.mayHave(options, name)));
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** Those of `names` that the author's files use. */
function ownUses(program: Program, names: readonly string[]): Set<string> {
  const words = new RegExp(`\\b(${names.join("|")})\\b`);
  const files = program.authored.filter((file) => words.test(file.text));
  return new Set(
    files.flatMap((file) => program.noted(file, "own uses", () => usesIn(program, file, names))),
  );
}

function usesIn(program: Program, file: ts.SourceFile, names: readonly string[]): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && names.includes(node.text) && !isImported(node)) {
      const own = program.ownNameOf(node);
      if (own !== undefined) found.push(own);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** Whether `name` only stands in an import, and not to be given another name: its uses would not be seen then. */
function isImported({ parent }: ts.Identifier): boolean {
  return ts.isImportSpecifier(parent) && parent.propertyName === undefined;
}
