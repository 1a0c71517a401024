/**
 * How generated code reads and writes slots that live in columns. Where a mark (marks.ts) stands decides, so the code
 * is parsed once more, with a name of the same length in the place of each mark:
 *
 *   column      | read                    | written: x = v            | x ||= v
 *   ------------+-------------------------+---------------------------+----------------------------------------
 *   word        | $I[$b + 4]              | $I[$b + 4] = v            | $I[$b + 4] ||= v
 *   double      | $D[$d + 3]              | $D[$d + 3] = v            | $D[$d + 3] ||= v
 *   flag        | ($I[$b + 4] !== 0)      | $I[$b + 4] = v            | (($I[$b + 4] !== 0) || ($I[$b + 4] = v))
 *   choice      | list[$I[$b + 4]]        | $choose($I, $b + 4,       | (list[$I[$b + 4]] || $choose(...))
 *               |                         |   list, v)                |
 *   either,     | $either(...)            | $setEither(..., v)        | ($either(...) || $setEither(..., v))
 *   kept        | $kept(...)              | $keep(..., v)             |
 *   none        | x                       | x = v                     | x ||= v           a variable of the poll
 *   a future    | $future(...)            | v                         | -                 its operation is there already
 *
 * Where a coded one is a part of a pattern, or counted, it is an object with a setter for that moment.
 */
import ts from "typescript";
import { edited, type Edit } from "../edits.js";

/** Where one slot lives. */
export type Place =
  | { readonly kind: "variable"; readonly text: string }
  | { readonly kind: "number"; readonly text: string }
  | { readonly kind: "flag"; readonly text: string }
  /** What reads it, and what writes it: the value follows, and a parenthesis. */
  | { readonly kind: "coded"; readonly read: string; readonly write: string }
  | { readonly kind: "future"; readonly text: string };

const MARK = /\u0004[s=(](\d+)\u0005/g;

const K = ts.SyntaxKind;

const LOGICAL: Partial<Record<ts.SyntaxKind, string>> = {
  [K.AmpersandAmpersandEqualsToken]: "&&",
  [K.BarBarEqualsToken]: "||",
  [K.QuestionQuestionEqualsToken]: "??",
};

/** The generated function `text` with each slot as `placeOf` says. */
export function withPlaces(text: string, placeOf: (slot: number) => Place): string {
  const slots = new Map<number, number>();
  for (const match of text.matchAll(MARK)) slots.set(match.index, Number(match[1]));
  const file = ts.createSourceFile("generated.ts", masked(text), ts.ScriptTarget.Latest, true);
  const edits: Edit[] = [];
  const visit = (node: ts.Node): void => {
    const slot = ts.isIdentifier(node) ? slots.get(node.getStart(file)) : undefined;
    if (slot !== undefined) edits.push(...editsOf(node as ts.Identifier, placeOf(slot), file));
    ts.forEachChild(node, visit);
  };
  visit(file);
  return edited(edits, 0, text.length, (from, to) => text.slice(from, to));
}

/** `text` as a parser takes it, every character in its place. */
function masked(text: string): string {
  return text
    .replace(/\u0001\d*\u0002/g, (mark) => " ".repeat(mark.length))
    .replace(MARK, (_, slot: string) => `_s${slot}_`)
    .replaceAll("\u0003", "$");
}

function editsOf(node: ts.Identifier, place: Place, file: ts.SourceFile): Edit[] {
  const own = (text: string): Edit => ({ start: node.getStart(file), end: node.end, text });
  if (place.kind === "variable") return [own(place.text)];
  const up = outsideParentheses(node);
  const assignment = isAssignment(up) && inParentheses(up.left) === node ? up : undefined;
  if (place.kind === "future") return [futureEdit(node, assignment, place.text, file)];
  if (place.kind === "coded") return codedEdits(node, assignment, place, file);
  if (place.kind === "number") return [own(isCalled(node) ? `(0, ${place.text})` : place.text)];
  const read = `(${place.text} !== 0)`;
  const logical = assignment === undefined ? undefined : LOGICAL[assignment.operatorToken.kind];
  if (assignment === undefined || logical === undefined) return [own(isTarget(node) ? place.text : read)];
  const { operatorToken } = assignment;
  return [
    { start: assignment.getStart(file), end: node.end, text: `(${read}` },
    { start: operatorToken.getStart(file), end: operatorToken.end, text: `${logical} (${place.text} =` },
    { start: assignment.end, end: assignment.end, text: "))" },
  ];
}

/** The operation of a future is in the frame: that it is one needs no storage. */
function futureEdit(
  node: ts.Identifier,
  assignment: ts.BinaryExpression | undefined,
  text: string,
  file: ts.SourceFile,
): Edit {
  if (assignment === undefined) return { start: node.getStart(file), end: node.end, text };
  return { start: assignment.getStart(file), end: assignment.right.getStart(file), text: "" };
}

function codedEdits(
  node: ts.Identifier,
  assignment: ts.BinaryExpression | undefined,
  { read, write }: { readonly read: string; readonly write: string },
  file: ts.SourceFile,
): Edit[] {
  const own = (text: string): Edit => ({ start: node.getStart(file), end: node.end, text });
  if (assignment !== undefined && !isInPattern(assignment)) {
    const { operatorToken, right } = assignment;
    const operator = operatorToken.getText(file).slice(0, -1);
    const logical = LOGICAL[operatorToken.kind];
    const isPlain = operatorToken.kind === K.EqualsToken;
    const head = isPlain ? write : logical ? `(${read} ${logical} ${write}` : `${write}${read} ${operator} (`;
    const tail = isPlain ? ")" : "))";
    return [
      { start: assignment.getStart(file), end: right.getStart(file), text: head },
      { start: assignment.end, end: assignment.end, text: tail },
    ];
  }
  if (!isTarget(node) && !isCounted(node))
    return [own(isCalled(node) ? `(0, ${read})` : isMade(node) ? `(${read})` : read)];
  return [own(`({ get v() { return ${read}; }, set v($v) { ${write}$v); } }).v`)];
}

/** Whether `assignment` gives a default to a part of a pattern. */
function isInPattern(assignment: ts.BinaryExpression): boolean {
  return assignment.operatorToken.kind === K.EqualsToken && isTarget(assignment);
}

function isCounted(node: ts.Node): boolean {
  const up = outsideParentheses(node);
  if (!ts.isPrefixUnaryExpression(up) && !ts.isPostfixUnaryExpression(up)) return false;
  return up.operator === K.PlusPlusToken || up.operator === K.MinusMinusToken;
}

function isAssignment(node: ts.Node): node is ts.BinaryExpression {
  if (!ts.isBinaryExpression(node)) return false;
  const { kind } = node.operatorToken;
  return kind >= K.FirstAssignment && kind <= K.LastAssignment;
}

function outsideParentheses(node: ts.Node): ts.Node {
  let up = node.parent;
  while (ts.isParenthesizedExpression(up)) up = up.parent;
  return up;
}

function inParentheses(node: ts.Node): ts.Node {
  return ts.isParenthesizedExpression(node) ? inParentheses(node.expression) : node;
}

function isCalled(node: ts.Identifier): boolean {
  const up = node.parent;
  return (ts.isCallExpression(up) && up.expression === node) || ts.isTaggedTemplateExpression(up);
}

/** Whether `new` makes one of `node`, or of a member of it: the arguments would be those of what reads it. */
function isMade(node: ts.Expression): boolean {
  const up = node.parent;
  const isObject = ts.isPropertyAccessExpression(up) || ts.isElementAccessExpression(up);
  if (isObject && up.expression === node) return isMade(up);
  return ts.isNewExpression(up) && up.expression === node;
}

/** Whether `node` is assigned to, itself or as a part of a pattern. */
function isTarget(node: ts.Node): boolean {
  const up = node.parent;
  if (ts.isParenthesizedExpression(up) || ts.isSpreadElement(up) || ts.isArrayLiteralExpression(up))
    return isTarget(up);
  if (ts.isPropertyAssignment(up)) return up.initializer === node && isTarget(up.parent);
  if (ts.isSpreadAssignment(up)) return isTarget(up.parent);
  if (ts.isForInStatement(up) || ts.isForOfStatement(up)) return up.initializer === node;
  return ts.isBinaryExpression(up) && up.left === node && up.operatorToken.kind === K.EqualsToken;
}
