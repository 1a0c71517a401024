/**
 * What a program throws. A target tells of a fault by the text of what was thrown; what is no error of the engine may have
 * none, or throw when it is asked for it, and then the target must look before it prints.
 */
import ts from "typescript";
import type { Program } from "../program/program.js";
import { unwrapped } from "../syntax.js";

/** Errors of the engine. */
const ERRORS = /^(Aggregate|Eval|Range|Reference|Syntax|Type|URI)?Error$/;

/** What an error has its text from. */
const TEXTS = ["toString", "toJSON", "message", "name", "stack"];

/** What throws what it is given, besides `throw`. */
const THROWERS = ["reject", "throw", "Promise"];

/** Whether something that the program throws may have no text. */
export function throwsTextless(program: Program): boolean {
  return program.authored.some(
    (file) =>
      /\bthrow\b|reject|Promise/.test(file.text) &&
      program.noted(file, "textless throws", () => mayThrowTextless(file, program)),
  );
}

function mayThrowTextless(node: ts.Node, program: Program): boolean {
  if (ts.isThrowStatement(node) && !hasText(unwrapped(node.expression), program)) return true;
  const isThrower = ts.isIdentifier(node) && THROWERS.includes(node.text) && isUsed(node);
  return isThrower || ts.forEachChild(node, (child) => mayThrowTextless(child, program)) === true;
}

/** `Promise<T>` is only a type. */
function isUsed({ parent }: ts.Identifier): boolean {
  return !ts.isTypeReferenceNode(parent);
}

function hasText(thrown: ts.Expression, program: Program): boolean {
  if (ts.isStringLiteralLike(thrown) || ts.isNumericLiteral(thrown) || ts.isTemplateExpression(thrown))
    return true;
  if (ts.isNewExpression(thrown) || ts.isCallExpression(thrown)) return isError(thrown.expression, program);
  // What was caught was thrown before.
  const declaration = ts.isIdentifier(thrown) && program.symbolOf(thrown)?.valueDeclaration;
  return declaration !== undefined && declaration !== false && ts.isCatchClause(declaration.parent);
}

/** Whether `maker` is a class of errors with the engine's text. */
function isError(maker: ts.Expression, program: Program): boolean {
  if (!ts.isIdentifier(maker)) return false;
  const declaration = program.symbolOf(maker)?.valueDeclaration;
  if (declaration === undefined) return false;
  if (declaration.getSourceFile().isDeclarationFile) return ERRORS.test(maker.text);
  if (!ts.isClassDeclaration(declaration)) return false;
  const isPlain = declaration.members.every(
    ({ name }) => name === undefined || (ts.isIdentifier(name) && !TEXTS.includes(name.text)),
  );
  const [base] = declaration.heritageClauses?.find(isExtends)?.types ?? [];
  return isPlain && base !== undefined && isError(base.expression, program);
}

function isExtends({ token }: ts.HeritageClause): boolean {
  return token === ts.SyntaxKind.ExtendsKeyword;
}
