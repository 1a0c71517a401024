/** The form of a profile rule, and what rules may ask about a program. */
import ts from "typescript";
import { evidentKind, type Kind } from "./evident.js";
import { analyse, linkParents, type Scopes } from "./scope.js";

/** One thing that Espruino lacks or does differently. */
export interface Rule {
  /** Stable name. */
  readonly id: string;
  /** Stable number, never reused. */
  readonly code: string;
  /** What stands in the code, as the subject of a message. */
  readonly what: string;
  /** What Espruino does with it. */
  readonly why: string;
  readonly advice: string;
  find(program: Program): ts.Node[];
}

/** A parsed bundle. */
export interface Program {
  readonly file: ts.SourceFile;
  readonly scopes: Scopes;
  /** Every node, parents first. */
  readonly nodes: readonly ts.Node[];
  /** What a value certainly is; undefined when the text does not show it. */
  kindOf(node: ts.Expression): Kind | undefined;
  /** True for a name that the program does not declare itself. */
  isGlobal(node: ts.Node): node is ts.Identifier;
}

/** Parses a bundle for the rules. */
export function parseProgram(text: string): Program {
  const file = ts.createSourceFile("bundle.js", text, ts.ScriptTarget.Latest, true, ts.ScriptKind.JS);
  linkParents(file);
  const scopes = analyse(file);
  const globals = new Set<ts.Node>(scopes.globals);
  const nodes: ts.Node[] = [];
  const collect = (node: ts.Node): void => {
    nodes.push(node);
    ts.forEachChild(node, collect);
  };
  collect(file);
  return {
    file,
    scopes,
    nodes,
    kindOf: (node) => evidentKind(node, scopes),
    isGlobal: (node): node is ts.Identifier => globals.has(node),
  };
}

/** A rule that looks at one node at a time. */
export function nodeRule(
  code: string,
  id: string,
  what: string,
  why: string,
  advice: string,
  matches: (node: ts.Node, program: Program) => boolean,
): Rule {
  return { code, id, what, why, advice, find: (program) => program.nodes.filter((n) => matches(n, program)) };
}
