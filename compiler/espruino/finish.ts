/**
 * The last step, after the minifier: what JavaScript can do without and Espruino cannot.
 *
 *   list[a, b]      -> list[(a, b)]            its parser ends an expression at a comma there
 *   case a, b:      -> case (a, b):
 *   i++ / 2        -> (i++) / 2              a slash there begins a regular expression to it
 *   "\xB0"         -> "\u00B0"               the first is a byte to it, and printed as one
 *   o.h\u00F6he     -> o["h\u00F6he"]         its names are ASCII
 *
 * The minifier moves commas outward as far as JavaScript allows, and escapes as short as it can, so no earlier pass
 * could keep them.
 */
import { decodedMappings, encodedMappings, TraceMap } from "@jridgewell/trace-mapping";
import ts from "typescript";
import { parseProgram } from "./rule.js";

interface Edit {
  readonly at: number;
  /** Characters that go. */
  readonly removed: number;
  readonly text: string;
}

/** Whether `node` is a sequence that stands bare where Espruino ends an expression at a comma. */
export function isBareSequence(node: ts.Node): boolean {
  if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.CommaToken) return false;
  const up = node.parent;
  return (ts.isElementAccessExpression(up) && up.argumentExpression === node) || ts.isCaseClause(up);
}

/** Whether `node` is divided, and ends with what Espruino takes for an operator: a slash after it is no division there. */
function isMisreadBeforeSlash(node: ts.Node): boolean {
  const up = node.parent as ts.Node | undefined;
  if (up === undefined || !ts.isBinaryExpression(up) || up.left !== node) return false;
  const { SlashToken, SlashEqualsToken } = ts.SyntaxKind;
  const operator = up.operatorToken.kind;
  return (operator === SlashToken || operator === SlashEqualsToken) && endsAsOperator(node as ts.Expression);
}

/** `i++`, `this`, `a.in`, and what ends with such. */
function endsAsOperator(node: ts.Expression): boolean {
  if (ts.isPostfixUnaryExpression(node) || node.kind === ts.SyntaxKind.ThisKeyword) return true;
  if (ts.isPropertyAccessExpression(node))
    return ts.isIdentifier(node.name) && ts.identifierToKeywordKind(node.name) !== undefined;
  if (ts.isBinaryExpression(node)) return endsAsOperator(node.right);
  return ts.isPrefixUnaryExpression(node) && endsAsOperator(node.operand);
}

/** `code`, a finished script, as Espruino wants it, and its `map`. */
export function finished(code: string, map: object): { code: string; map: object } {
  const { file } = parseProgram(code);
  const edits: Edit[] = [];
  const visit = (node: ts.Node): void => {
    if (isBareSequence(node) || isMisreadBeforeSlash(node)) {
      edits.push({ at: node.getStart(file), removed: 0, text: "(" }, { at: node.end, removed: 0, text: ")" });
    }
    if (ts.isIdentifier(node)) edits.push(...quotesOf(node, file));
    if (ts.isStringLiteralLike(node)) edits.push(...bytesIn(node, file));
    ts.forEachChild(node, visit);
  };
  visit(file);
  if (edits.length === 0) return { code, map };
  edits.sort((a, b) => b.at - a.at);
  const text = edits.reduce(
    (out, { at, removed, text }) => out.slice(0, at) + text + out.slice(at + removed),
    code,
  );
  return { code: text, map: shifted(map, file, edits) };
}

/** The escapes `\xHH` of characters beyond ASCII in a literal. */
function bytesIn(node: ts.StringLiteralLike, file: ts.SourceFile): Edit[] {
  const start = node.getStart(file);
  const edits: Edit[] = [];
  // A hidden name is one because of that byte.
  if (node.text.startsWith("\xFF@")) return edits;
  for (const match of node.getText(file).matchAll(/\\(x[89A-F][0-9A-F]|.)/gi)) {
    if (match[1]!.length === 3) edits.push({ at: start + match.index + 1, removed: 1, text: "u00" });
  }
  return edits;
}

/** What makes a text of a property's name with letters beyond ASCII; calls by such a text fail, and are refused. */
function quotesOf(id: ts.Identifier, file: ts.SourceFile): Edit[] {
  if (/^[\x20-\x7e]*$/.test(id.text)) return [];
  const up = id.parent;
  const at = id.getStart(file);
  if (ts.isPropertyAccessExpression(up) && up.name === id) {
    if (ts.isCallExpression(up.parent) && up.parent.expression === up) return [];
    const dot = up.expression.end;
    return [
      { at: dot, removed: at - dot, text: '["' },
      { at: id.end, removed: 0, text: '"]' },
    ];
  }
  if (!ts.isPropertyAssignment(up) || up.name !== id) return [];
  return [
    { at, removed: 0, text: '"' },
    { at: id.end, removed: 0, text: '"' },
  ];
}

/** The map of a text after `edits`. */
function shifted(map: object, file: ts.SourceFile, edits: readonly Edit[]): object {
  const trace = new TraceMap(map as ConstructorParameters<typeof TraceMap>[0]);
  const growth = new Map<number, { column: number; by: number }[]>();
  for (const { at, removed, text } of edits) {
    const { line, character: column } = file.getLineAndCharacterOfPosition(at);
    growth.set(line, [...(growth.get(line) ?? []), { column, by: text.length - removed }]);
  }
  const mappings = decodedMappings(trace).map((segments, line) =>
    segments.map((segment) => {
      const before = (growth.get(line) ?? []).filter(({ column }) => column <= segment[0]);
      const by = before.reduce((sum, each) => sum + each.by, 0);
      return [segment[0] + by, ...segment.slice(1)] as typeof segment;
    }),
  );
  const plain = { ...(map as { version: 3; sources: string[]; names: string[] }), mappings };
  return {
    ...map,
    mappings: encodedMappings(new TraceMap(plain)),
  };
}
