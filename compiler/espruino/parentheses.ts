/**
 * The last step, after the minifier: parentheses that JavaScript does without and Espruino's parser does not.
 *
 *   list[a, b]      -> list[(a, b)]            case a, b:      -> case (a, b):
 *
 * The minifier moves commas outward as far as JavaScript allows, so no earlier pass could keep them.
 */
import { decodedMappings, encodedMappings, TraceMap } from "@jridgewell/trace-mapping";
import ts from "typescript";
import { parseProgram } from "./rule.js";

/** Whether `node` is a sequence that stands bare where Espruino ends an expression at a comma. */
export function isBareSequence(node: ts.Node): boolean {
  if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.CommaToken) return false;
  const up = node.parent;
  return (ts.isElementAccessExpression(up) && up.argumentExpression === node) || ts.isCaseClause(up);
}

/** `code`, a finished script, with the parentheses, and its `map`. */
export function parenthesized(code: string, map: object): { code: string; map: object } {
  const { file } = parseProgram(code);
  const inserts: { at: number; text: string }[] = [];
  const visit = (node: ts.Node): void => {
    if (isBareSequence(node))
      inserts.push({ at: node.getStart(file), text: "(" }, { at: node.end, text: ")" });
    ts.forEachChild(node, visit);
  };
  visit(file);
  if (inserts.length === 0) return { code, map };
  inserts.sort((a, b) => b.at - a.at);
  const text = inserts.reduce((out, { at, text }) => out.slice(0, at) + text + out.slice(at), code);
  return {
    code: text,
    map: shifted(
      map,
      file,
      inserts.map(({ at }) => at),
    ),
  };
}

/** The map of a text into which one character was put at each of `places`. */
function shifted(map: object, file: ts.SourceFile, places: readonly number[]): object {
  const trace = new TraceMap(map as ConstructorParameters<typeof TraceMap>[0]);
  const columns = new Map<number, number[]>();
  for (const at of places) {
    const { line, character } = file.getLineAndCharacterOfPosition(at);
    columns.set(line, [...(columns.get(line) ?? []), character]);
  }
  const mappings = decodedMappings(trace).map((segments, line) =>
    segments.map((segment) => {
      const before = columns.get(line)?.filter((column) => column <= segment[0]).length ?? 0;
      return [segment[0] + before, ...segment.slice(1)] as typeof segment;
    }),
  );
  const plain = { ...(map as { version: 3; sources: string[]; names: string[] }), mappings };
  return {
    ...map,
    mappings: encodedMappings(new TraceMap(plain)),
  };
}
