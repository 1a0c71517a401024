/**
 * BigInts that do nothing but count, and are told as text: numbers do as well, up to 2 ** 53.
 *
 *   #id = 1n;  ... (this.#id++).toString()     ->    #id = 1 ;  ... (this.#id++).toString()
 *
 * All other BigInts are refused.
 */
import ts from "typescript";
import { analyse, linkParents, type Scopes } from "./scope.js";

const K = ts.SyntaxKind;

/** `code` with such literals as numbers. Nothing moves: a blank stands for each `n`. */
export function withNumbersThatCount(code: string, fileName: string): string {
  if (!/\dn\b/.test(code)) return code;
  const file = ts.createSourceFile(fileName, code, ts.ScriptTarget.Latest, true);
  linkParents(file);
  const scopes = analyse(file);
  const literals: ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isBigIntLiteral(node)) literals.push(...(literalsWith(node, scopes) ?? []));
    ts.forEachChild(node, visit);
  };
  visit(file);
  return literals.reduce((text, { end }) => `${text.slice(0, end - 1)} ${text.slice(end)}`, code);
}

/** The literals of a counter that begins with `start`; undefined where it begins none. */
function literalsWith(start: ts.BigIntLiteral, scopes: Scopes): ts.Node[] | undefined {
  const literals: ts.Node[] = [start];
  for (const use of usesOf(start.parent, start, scopes) ?? [undefined]) {
    const found = use && literalsAt(use);
    if (found === undefined) return undefined;
    literals.push(...found);
  }
  return literals;
}

/** Where the variable or private field `owner`, which is given `start`, is used; undefined where that does not show. */
function usesOf(owner: ts.Node, start: ts.Node, scopes: Scopes): ts.Node[] | undefined {
  if (ts.isVariableDeclaration(owner) && ts.isIdentifier(owner.name) && owner.initializer === start) {
    const binding = scopes.bindingOf(owner.name);
    return binding?.declarations.length === 1
      ? binding.references.filter((id) => id !== owner.name)
      : undefined;
  }
  if (!ts.isPropertyDeclaration(owner) || !ts.isPrivateIdentifier(owner.name)) return undefined;
  const name = owner.name.text;
  const uses: ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isPrivateIdentifier(node) && node.text === name && node.parent !== owner) uses.push(node.parent);
    ts.forEachChild(node, visit);
  };
  visit(owner.parent);
  return uses;
}

/** The literals that `use` counts by or is compared to; undefined where it does anything else. */
function literalsAt(use: ts.Node): ts.Node[] | undefined {
  const whole = outermost(use);
  const up = whole.parent;
  if (isTold(whole)) return [];
  if (isStep(up)) return ts.isExpressionStatement(up.parent) || isTold(outermost(up)) ? [] : undefined;
  if (!ts.isBinaryExpression(up)) return undefined;
  const other = up.left === whole ? up.right : up.left;
  if (!ts.isBigIntLiteral(other)) return undefined;
  const { kind } = up.operatorToken;
  const isCounted =
    up.left === whole &&
    ts.isExpressionStatement(up.parent) &&
    (kind === K.PlusEqualsToken || kind === K.MinusEqualsToken);
  return isCounted || COMPARISONS.has(kind) ? [other] : undefined;
}

const COMPARISONS: ReadonlySet<ts.SyntaxKind> = new Set([
  ...[K.LessThanToken, K.LessThanEqualsToken, K.GreaterThanToken, K.GreaterThanEqualsToken],
  ...[K.EqualsEqualsEqualsToken, K.ExclamationEqualsEqualsToken],
]);

/** Whether a text is made of `node`. */
function isTold(node: ts.Node): boolean {
  const up = node.parent;
  if (ts.isTemplateSpan(up)) return true;
  if (ts.isCallExpression(up)) return ts.isIdentifier(up.expression) && up.expression.text === "String";
  return ts.isPropertyAccessExpression(up) && up.name.text === "toString" && ts.isCallExpression(up.parent);
}

function isStep(node: ts.Node): boolean {
  return (
    (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) &&
    (node.operator === K.PlusPlusToken || node.operator === K.MinusMinusToken)
  );
}

function outermost(node: ts.Node): ts.Node {
  return ts.isParenthesizedExpression(node.parent) ? outermost(node.parent) : node;
}
