/** Checks a finished bundle against the language profile and reports the author's lines. */
import { originalPositionFor, TraceMap } from "@jridgewell/trace-mapping";
import type ts from "typescript";
import { PROFILE, type ProfileViolation } from "./profile.js";
import { parseProgram, type Program, type Rule } from "./rule.js";

/** Long enough to recognise the place in a minified line. */
const EXCERPT_LENGTH = 60;

/**
 * Lists everything in a bundle that Espruino would refuse or run differently, in the order of the text.
 *
 * @param bundle - the final, minified script
 * @param map - its source map, to report the author's file, line and column
 */
export function lintProfile(bundle: string, map?: object): ProfileViolation[] {
  const program = parseProgram(bundle);
  const trace = map ? new TraceMap(map as ConstructorParameters<typeof TraceMap>[0]) : undefined;
  const found = PROFILE.flatMap((rule) => rule.find(program).map((node) => ({ rule, node })));
  found.sort((a, b) => a.node.getStart() - b.node.getStart());
  return found.map(({ rule, node }) => violation(rule, node, program, trace));
}

function violation(
  rule: Rule,
  node: ts.Node,
  program: Program,
  trace: TraceMap | undefined,
): ProfileViolation {
  const start = node.getStart();
  const { line, character } = program.file.getLineAndCharacterOfPosition(start);
  const origin = trace ? originalPositionFor(trace, { line: line + 1, column: character }) : undefined;
  const excerpt = program.file.text.slice(start, Math.min(node.end, start + EXCERPT_LENGTH));
  return {
    rule: rule.id,
    code: rule.code,
    file: origin?.source ?? undefined,
    line: origin?.line ?? line + 1,
    column: (origin?.column ?? character) + 1,
    excerpt,
    message: `${rule.what} ${rule.why}`,
    advice: rule.advice,
  };
}
