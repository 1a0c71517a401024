/** What a program uses of its board, so that a device build carries only that. */
import ts from "typescript";
import { runsOnce } from "./find/once.js";
import type { Program } from "./program/program.js";

/** The parts of `Board`; hal/board.ts has their types. */
const PARTS = ["name", "output", "input", "analog", "clock", "console", "watchdog"] as const;

/** What a program uses of its pins; the names are those of hal/features.ts. */
export interface PinFeatures {
  readonly names: boolean;
  readonly reads: boolean;
  readonly writes: boolean;
  readonly toggles: boolean;
  readonly options: boolean;
  readonly claims: boolean;
}

export interface BoardUses {
  /** `output LED1` for `board.output("LED1")`, and its like; null when a name is computed. */
  readonly pins: readonly string[] | null;
  /** The members that are named anywhere in the program, on whatever object: types can be cast away. */
  readonly parts: readonly string[];
  readonly features: PinFeatures;
  /** All names and texts in the program. */
  readonly words: ReadonlySet<string>;
}

export function findBoardUses(program: Program): BoardUses {
  const uses = program.authored.map((file) => program.noted(file, "board", () => usesIn(program, file)));
  const words = new Set(uses.flatMap((each) => [...each.words]));
  const opened = uses.flatMap((each) => each.opened);
  const named = opened.filter(({ pin }) => ts.isStringLiteralLike(pin));
  const pins = new Set(named.map(({ use, pin }) => `${use} ${(pin as ts.StringLiteralLike).text}`));
  const isComputed = named.length < opened.length;
  const isKnown = !isComputed && !program.authored.some((file) => !file.fileName.endsWith("ts"));
  return {
    pins: isComputed ? null : [...pins],
    parts: PARTS.filter((part) => words.has(part)),
    words,
    features: {
      names: words.has("name"),
      reads: words.has("read"),
      writes: words.has("write"),
      toggles: words.has("toggle"),
      options: words.has("initial") || words.has("pull"),
      claims: !isKnown || pins.size < opened.length || !opened.every(({ pin }) => runsOnce(pin, program)),
    },
  };
}

function usesIn(
  program: Program,
  file: ts.SourceFile,
): { opened: { use: string; pin: ts.Expression }[]; words: Set<string> } {
  const opened: { use: string; pin: ts.Expression }[] = [];
  const words = new Set<string>();
  const visit = (node: ts.Node): void => {
    if ((ts.isIdentifier(node) && !isPlainLength(program, node)) || ts.isStringLiteralLike(node))
      words.add(node.text);
    const opening = pinOpened(program, node);
    if (opening !== undefined) opened.push(opening);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return { opened, words };
}

/** Whether `node` asks for the length of a list or a text: the one of ours that has a length is a channel. */
function isPlainLength(program: Program, node: ts.Identifier): boolean {
  const up = node.parent;
  if (node.text !== "length" || !ts.isPropertyAccessExpression(up) || up.name !== node) return false;
  return program.isIndexed(up.expression) || program.isText(up.expression);
}

/** The pin and its use in a call that opens one. */
export function pinOpened(program: Program, node: ts.Node): { use: string; pin: ts.Expression } | undefined {
  if (!ts.isCallExpression(node) || node.arguments[0] === undefined) return undefined;
  const callee = node.expression;
  if (!ts.isPropertyAccessExpression(callee) || !/^(output|input|analog)$/.test(callee.name.text))
    return undefined;
  const isOpening = program.isBoard(callee.expression) || program.isAny(callee.expression);
  return isOpening ? { use: callee.name.text, pin: node.arguments[0] } : undefined;
}
