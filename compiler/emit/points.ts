/**
 * The author's text with marks where an engine may say that it is: at statements, where something is called or made, and
 * where a line begins inside of an expression.
 *
 *   |if (isOpen) |led.|write(|level(pin))          each | is a point
 */
import ts from "typescript";
import { authored, markAt } from "./text.js";

const known = new WeakMap<ts.SourceFile, readonly number[]>();

/** The author's text between two offsets, with a mark at each point in it, but not at its start. */
export function authoredText(file: ts.SourceFile, from: number, to: number): string {
  const points = pointsOf(file);
  let out = "";
  let at = from;
  for (let i = firstAfter(points, from); i < points.length && points[i]! < to; i++) {
    const point = points[i]!;
    out += `${authored(file.text.slice(at, point))}${markAt(point)}`;
    at = point;
  }
  return out + authored(file.text.slice(at, to));
}

/** The mark of the point where `node` starts, if there is one; a statement has a mark of its own. */
export function pointAt(node: ts.Node): string {
  const start = node.getStart();
  const points = pointsOf(node.getSourceFile());
  return points[firstAfter(points, start - 1)] === start ? markAt(start) : "";
}

/** The index of the first point beyond `offset`. */
function firstAfter(points: readonly number[], offset: number): number {
  let low = 0;
  let high = points.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (points[middle]! <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

function pointsOf(file: ts.SourceFile): readonly number[] {
  const found = known.get(file) ?? findPoints(file);
  known.set(file, found);
  return found;
}

function findPoints(file: ts.SourceFile): number[] {
  const found = new Set<number>();
  const lines = file.getLineStarts();
  const visit = (node: ts.Node): void => {
    const point = pointIn(node);
    if (point !== undefined) found.add(point.getStart(file));
    else if (isToken(node) && isFirstOfLine(file, lines, node.getStart(file))) found.add(node.getStart(file));
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(file, visit);
  return [...found].sort((a, b) => a - b);
}

/** Where an engine says it is when it runs `node`; undefined where it never does. */
function pointIn(node: ts.Node): ts.Node | undefined {
  if (ts.isClassElement(node)) return node;
  if (ts.isStatement(node)) return ts.isBlock(node) ? undefined : node;
  // Where it begins: an engine asks that for its name.
  if (ts.isNewExpression(node) || ts.isArrowFunction(node) || ts.isFunctionExpression(node)) return node;
  if (!ts.isCallExpression(node)) return undefined;
  const callee = node.expression;
  return ts.isPropertyAccessExpression(callee) ? callee.name : isName(callee) ? callee : undefined;
}

function isName(node: ts.Node): boolean {
  return ts.isIdentifier(node) || node.kind === ts.SyntaxKind.SuperKeyword;
}

function isToken(node: ts.Node): boolean {
  return ts.isIdentifier(node) || node.kind === ts.SyntaxKind.ThisKeyword || ts.isLiteralExpression(node);
}

/** Whether only dots, brackets and the like stand before it. */
function isFirstOfLine(file: ts.SourceFile, lines: readonly number[], offset: number): boolean {
  const line = lines[firstAfter(lines, offset) - 1]!;
  return /^\W*$/.test(file.text.slice(line, offset));
}
