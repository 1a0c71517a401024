/** Finds the program that a user names. */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { parseScenario, quiet, type Scenario } from "../targets/sim/index.js";
import { UserError } from "./user-error.js";

export interface ProgramFile {
  /** For people: `examples/blink`. */
  readonly name: string;
  /** Short, for file names: `blink`. */
  readonly id: string;
  /** The module with `main`, absolute. */
  readonly entry: string;
  readonly scenario: Scenario;
}

/** The programs of this repository. */
export function examples(): ProgramFile[] {
  const folder = join(DORMOUSE_ROOT, "examples");
  return readdirSync(folder)
    .filter((name) => existsSync(join(folder, name, "main.ts")))
    .map((name) => findProgram(`examples/${name}`));
}

/**
 * The program in a folder with a `main.ts` or `main.js`, or in a file: from the working directory, the repository,
 * or the examples.
 *
 * @throws UserError E701 when there is none
 */
export function findProgram(name: string): ProgramFile {
  for (const from of [process.cwd(), DORMOUSE_ROOT, join(DORMOUSE_ROOT, "examples")]) {
    const entry = entryAt(resolve(from, name));
    if (entry !== undefined) return describe(entry);
  }
  const known = examples().map((each) => each.name);
  throw new UserError(
    `E701 "${name}": ${problemOf(resolve(name))}. Name a folder with a main.ts, or one of ${known.join(", ")}`,
  );
}

/** What a folder's program is in; those for hosts alone, of which boards could make nothing, are in a file of their own. */
const ENTRIES = ["main.ts", "main.js", "host.ts"];

function problemOf(path: string): string {
  if (!existsSync(path)) return "no such program";
  return statSync(path).isDirectory() ? "this folder has no main.ts" : "this file is neither .ts nor .js";
}

function entryAt(path: string): string | undefined {
  if (!existsSync(path)) return undefined;
  if (!statSync(path).isDirectory()) return /\.[jt]s$/.test(path) ? path : undefined;
  return ENTRIES.map((file) => join(path, file)).find((file) => existsSync(file));
}

function describe(entry: string): ProgramFile {
  const isMain = ENTRIES.includes(basename(entry));
  const subject = isMain ? dirname(entry) : entry;
  const shown = relative(DORMOUSE_ROOT, subject);
  const id = basename(subject).replace(/\.[jt]s$/, "");
  return { name: shown.startsWith("..") ? subject : shown, id, entry, scenario: scenarioBeside(entry) };
}

function scenarioBeside(entry: string): Scenario {
  const beside = /main\.[jt]s$/.test(entry)
    ? join(dirname(entry), "scenario.json")
    : entry.replace(/\.[jt]s$/, ".scenario.json");
  if (!existsSync(beside)) return quiet;
  try {
    return parseScenario(readFileSync(beside, "utf8"));
  } catch (error) {
    throw new UserError(`${(error as Error).message} (${relative(process.cwd(), beside)})`);
  }
}
