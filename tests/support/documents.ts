/** The documentation as tests read it: files, blocks of code, and the programs among them. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as core from "../../core/index.js";

/** The Markdown files of the repository, by path from its root. */
export function documents(): string[] {
  const found = readdirSync(DORMOUSE_ROOT).filter((path) => path.endsWith(".md"));
  for (const folder of ["docs", "examples"]) {
    const paths = readdirSync(join(DORMOUSE_ROOT, folder), { recursive: true, encoding: "utf8" });
    found.push(...paths.filter((path) => path.endsWith(".md")).map((path) => join(folder, path)));
  }
  return found.sort();
}

export function readDocument(path: string): string {
  return readFileSync(join(DORMOUSE_ROOT, path), "utf8");
}

/** A fenced block of code. */
export interface Block {
  /** The word after the fence. */
  readonly language: string;
  readonly text: string;
  /** Of `text` in the document, and of the whole block with its fences. */
  readonly start: number;
  readonly from: number;
  readonly to: number;
  /** Of the first line of `text`, from 1. */
  readonly line: number;
}

const FENCED = /^```(\w*)\n([^]*?)^```$/gm;

/** The blocks of a document, in order. */
export function blocksOf(markdown: string): Block[] {
  return [...markdown.matchAll(FENCED)].map(({ 0: whole, 1: language = "", 2: text = "", index }) => {
    const start = index + 3 + language.length + 1;
    const line = markdown.slice(0, start).split("\n").length;
    return { language, text, start, from: index, to: index + whole.length, line };
  });
}

/** Types that a block that imports nothing may name; of values, all that the library exports. */
const TYPES = `
import type { Future, Guard, Outcome, Platform, Reservation, Task, TaskId, TaskKind, Ticks } from "dormouse";
import type { AnalogPin, Board, BoardSpec, Console, InputPin, OutputPin } from "dormouse/hal";
`;

function importsFor(text: string): string {
  const isNamed = (name: string): boolean => new RegExp(`\\b${name}\\b`).test(text);
  const isDeclared = (name: string): boolean =>
    new RegExp(`\\b(class|const|function|let) ${name}\\b`).test(text);
  const names = Object.keys(core).filter((name) => isNamed(name) && !isDeclared(name));
  return `\nimport { ${names.join(", ")} } from "dormouse";${TYPES}`;
}

const MAIN = `
export default function main(): void {}
`;

/**
 * Writes the program of a block, and gives the path of its file, in `folder` below .build. What it leaves out stands
 * at the end, so that lines keep their numbers: the imports where it has none and, unless it is `whole`, a `main`.
 * JavaScript gets no imports, as some of them are types.
 */
export function writeBlock(text: string, folder: string, name = "main.ts", whole = false): string {
  const imports = /^import /m.test(text) || name.endsWith(".js") ? "" : importsFor(text);
  const main = whole || text.includes("export default ") ? "" : MAIN;
  const path = join(DORMOUSE_ROOT, ".build", folder);
  mkdirSync(path, { recursive: true });
  writeFileSync(join(path, name), text + imports + main);
  return join(path, name);
}
