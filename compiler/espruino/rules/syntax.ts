/** Syntax that Espruino's parser does not know, or knows wrongly. The lowering leaves none of it. */
import ts from "typescript";
import { isForInOrOf, isFunctionLike } from "../nodes.js";
import { isBareSequence } from "../finish.js";
import { nodeRule, type Rule } from "../rule.js";

const K = ts.SyntaxKind;
const UNKNOWN = "is a syntax error on Espruino.";
const LOWER = "Pass the module through lowerModule().";

const isOperator = (node: ts.Node, kinds: readonly ts.SyntaxKind[]): boolean =>
  ts.isBinaryExpression(node) && kinds.includes(node.operatorToken.kind);

const hasAsterisk = (node: ts.Node): boolean =>
  (ts.isFunctionDeclaration(node) || ts.isFunctionExpression(node) || ts.isMethodDeclaration(node)) &&
  node.asteriskToken !== undefined;

const isPattern = (node: ts.Node): boolean =>
  ts.isObjectBindingPattern(node) ||
  ts.isArrayBindingPattern(node) ||
  (ts.isBinaryExpression(node) &&
    node.operatorToken.kind === K.EqualsToken &&
    (ts.isArrayLiteralExpression(node.left) || ts.isObjectLiteralExpression(node.left))) ||
  (ts.isForOfStatement(node) &&
    (ts.isArrayLiteralExpression(node.initializer) || ts.isObjectLiteralExpression(node.initializer)));

/** True for a field whose value uses `this`, not counting functions that bring their own. */
function fieldUsesThis(node: ts.Node): boolean {
  const uses = (n: ts.Node): boolean =>
    n.kind === K.ThisKeyword || (!ts.isFunctionExpression(n) && ts.forEachChild(n, uses) === true);
  return ts.isPropertyDeclaration(node) && node.initializer !== undefined && uses(node.initializer);
}

const KEYWORD =
  /^(break|case|catch|class|const|continue|default|delete|do|else|extends|finally|for|function|if|in|instanceof|new|return|super|switch|this|throw|try|typeof|var|void|while|with)$/;

/** `for (let i ...)` or `for (const x of ...)` whose variable a function in the loop keeps. */
function loopVariableIsKept(node: ts.Node): boolean {
  if (!ts.isForStatement(node) && !isForInOrOf(node)) return false;
  const head = node.initializer;
  if (!head || !ts.isVariableDeclarationList(head) || (head.flags & ts.NodeFlags.BlockScoped) === 0)
    return false;
  const names = new Set(head.declarations.map((d) => (ts.isIdentifier(d.name) ? d.name.text : "")));
  const keeps = (n: ts.Node, inFunction: boolean): boolean =>
    (inFunction && ts.isIdentifier(n) && names.has(n.text)) ||
    ts.forEachChild(n, (child) => keeps(child, inFunction || isFunctionLike(n))) === true;
  return keeps(node, false);
}

/** The rules, in the order of their codes. */
export const SYNTAX_RULES: readonly Rule[] = [
  nodeRule(
    "C501",
    "label",
    "a label",
    UNKNOWN,
    LOWER,
    (n) => ts.isLabeledStatement(n) || (ts.isBreakOrContinueStatement(n) && n.label !== undefined),
  ),
  nodeRule(
    "C502",
    "default-last",
    "a `case` after `default`",
    UNKNOWN,
    LOWER,
    (n) => ts.isDefaultClause(n) && n.parent.clauses[n.parent.clauses.length - 1] !== n,
  ),
  nodeRule(
    "C503",
    "generator",
    "a generator",
    UNKNOWN,
    LOWER,
    (n) => hasAsterisk(n) || ts.isYieldExpression(n),
  ),
  nodeRule(
    "C504",
    "async",
    "an async function",
    UNKNOWN,
    LOWER,
    (n) => n.kind === K.AsyncKeyword || ts.isAwaitExpression(n),
  ),
  nodeRule(
    "C505",
    "spread",
    "spread",
    UNKNOWN,
    LOWER,
    (n) => ts.isSpreadElement(n) || ts.isSpreadAssignment(n),
  ),
  nodeRule("C506", "destructuring", "destructuring", UNKNOWN, LOWER, isPattern),
  nodeRule(
    "C507",
    "default-parameter",
    "a default parameter",
    UNKNOWN,
    LOWER,
    (n) => ts.isParameter(n) && n.initializer !== undefined,
  ),
  nodeRule(
    "C508",
    "rest-parameter",
    "a rest parameter",
    UNKNOWN,
    LOWER,
    (n) => ts.isParameter(n) && n.dotDotDotToken !== undefined,
  ),
  nodeRule("C509", "exponent", "`**`", UNKNOWN, "Use Math.pow.", (n) =>
    isOperator(n, [K.AsteriskAsteriskToken, K.AsteriskAsteriskEqualsToken]),
  ),
  nodeRule("C510", "optional-chain", "`?.`", UNKNOWN, LOWER, (n) => n.kind === K.QuestionDotToken),
  nodeRule("C511", "logical-assignment", "a logical assignment", UNKNOWN, LOWER, (n) =>
    isOperator(n, [K.BarBarEqualsToken, K.AmpersandAmpersandEqualsToken, K.QuestionQuestionEqualsToken]),
  ),
  nodeRule("C512", "tagged-template", "a tagged template", UNKNOWN, LOWER, ts.isTaggedTemplateExpression),
  nodeRule("C513", "computed-key", "a computed key", UNKNOWN, LOWER, ts.isComputedPropertyName),
  nodeRule(
    "C514",
    "private-name",
    "a #private member",
    UNKNOWN,
    "Write `private name` instead.",
    ts.isPrivateIdentifier,
  ),
  nodeRule(
    "C515",
    "class-extends",
    "`class extends`",
    "inherits no statics on Espruino, and `super` recurses for ever over three levels.",
    LOWER,
    (n) => ts.isClassLike(n) && n.heritageClauses !== undefined,
  ),
  nodeRule("C516", "static-block", "a static block", UNKNOWN, LOWER, ts.isClassStaticBlockDeclaration),
  nodeRule(
    "C517",
    "field-this",
    "`this` in a field's initial value",
    "is not the instance on Espruino.",
    LOWER,
    fieldUsesThis,
  ),
  nodeRule("C518", "new-target", "`new.target`", UNKNOWN, LOWER, ts.isMetaProperty),
  nodeRule("C519", "bigint", "a BigInt", UNKNOWN, "Use numbers, or two 32-bit halves.", ts.isBigIntLiteral),
  nodeRule(
    "C520",
    "keyword-method",
    "a method named by a keyword",
    UNKNOWN,
    "Use another name.",
    (n) => ts.isMethodDeclaration(n) && ts.isClassLike(n.parent) && KEYWORD.test(n.name.getText()),
  ),
  nodeRule(
    "C521",
    "array-hole",
    "a hole in an array literal",
    "is a syntax error in code that is skipped.",
    "Write `undefined` in its place.",
    (n) => ts.isOmittedExpression(n) && ts.isArrayLiteralExpression(n.parent),
  ),
  nodeRule(
    "C522",
    "loop-let",
    "a function that keeps its loop's own `let`",
    "sees the last value on Espruino: all rounds share one variable.",
    LOWER,
    loopVariableIsKept,
  ),
  nodeRule(
    "C523",
    "bare-sequence",
    "a comma expression in brackets or after `case`",
    UNKNOWN,
    "Put it in parentheses.",
    isBareSequence,
  ),
];
