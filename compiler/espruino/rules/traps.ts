/** Plain ES5 that Espruino parses or runs differently: order, and traps of its parser. */
import ts from "typescript";
import { isFunctionLike } from "../nodes.js";
import { compoundOperator, mayChangeState } from "../effects.js";
import { mayGoWrong } from "../finally.js";
import { earlyUses } from "../order.js";
import { nodeRule, type Program, type Rule } from "../rule.js";

const K = ts.SyntaxKind;
const LOWER = "Pass the module through lowerModule().";

/** For each name, the first mention that certainly runs before the declaration. */
function earlyMentions(program: Program, isFunction: boolean): ts.Node[] {
  const found: ts.Node[] = [];
  for (const [binding, uses] of earlyUses(program.scopes, "call")) {
    const [first] = uses;
    if (first && binding.kinds.has("function") === isFunction) found.push(first);
  }
  return found;
}

/** Whatever is nested last without braces must be a simple statement: `do if (a) b(); while (c)` is refused. */
function isRefusedDoBody(node: ts.Statement): boolean {
  if (ts.isIfStatement(node)) return !node.elseStatement || isRefusedDoBody(node.elseStatement);
  if (ts.isIterationStatement(node, false)) return !ts.isDoStatement(node) && isRefusedDoBody(node.statement);
  return (
    ts.isTryStatement(node) || ts.isSwitchStatement(node) || ts.isEmptyStatement(node) || ts.isBlock(node)
  );
}

/** In a switch of the same function, without braces around the clause. */
function isBareInSwitch(node: ts.Node): boolean {
  for (let at = node.parent; !isFunctionLike(at) && !ts.isSourceFile(at); at = at.parent) {
    if (ts.isCaseOrDefaultClause(at)) return true;
    if (ts.isBlock(at) && ts.isCaseOrDefaultClause(at.parent)) return false;
  }
  return false;
}

/** Inside the first part of `for (;;)`, but not in a function there. */
function isInLoopHead(node: ts.Node): boolean {
  for (let at = node; !isFunctionLike(at) && !ts.isSourceFile(at); at = at.parent) {
    if (ts.isForStatement(at.parent)) return at.parent.initializer === at;
  }
  return false;
}

/** `return` ended by a line break, with something after it that Espruino would return. */
function isOpenReturn(node: ts.Node): boolean {
  if (!ts.isReturnStatement(node) || node.expression) return false;
  const text = node.getSourceFile().text;
  if (text[node.end - 1] === ";") return false;
  return /^[^\S\r\n]*[\r\n]\s*[^\s};]/.test(text.slice(node.end));
}

/** `return` without `;` as the last thing in a function. */
function isReturnAtEnd(node: ts.Node): boolean {
  if (!ts.isReturnStatement(node) || node.expression) return false;
  const text = node.getSourceFile().text;
  const body = ts.findAncestor(node, isFunctionLike)?.body;
  return body !== undefined && text[node.end - 1] !== ";" && text.slice(node.end, body.end - 1).trim() === "";
}

/** `s + (s += x)`: the value on the left is appended to in place. */
function appendsToOperand(node: ts.Node): boolean {
  if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== K.PlusToken) return false;
  const place = node.left.getText();
  const appends = (n: ts.Node): boolean =>
    (ts.isBinaryExpression(n) && n.operatorToken.kind === K.PlusEqualsToken && n.left.getText() === place) ||
    (!isFunctionLike(n) && ts.forEachChild(n, appends) === true);
  return appends(node.right);
}

/** `a` at a line's end and `++b` on the next. */
function isStrayStep(node: ts.Node): boolean {
  if (!ts.isPrefixUnaryExpression(node) || !ts.isExpressionStatement(node.parent)) return false;
  if (node.operator !== ts.SyntaxKind.PlusPlusToken && node.operator !== ts.SyntaxKind.MinusMinusToken)
    return false;
  return /[\w$)\]][ \t]*[\r\n]\s*$/.test(node.getSourceFile().text.slice(0, node.getStart()));
}

/** `arguments.length < n` where n is at most the declared count: Espruino counts declared parameters as passed. */
function countsDeclaredArguments(node: ts.Node): boolean {
  if (!ts.isPropertyAccessExpression(node) || node.name.text !== "length") return false;
  if (!ts.isIdentifier(node.expression) || node.expression.text !== "arguments") return false;
  const declared = ts.findAncestor(node, isFunctionLike)?.parameters.length ?? 0;
  const comparison = node.parent;
  if (declared === 0 || !ts.isBinaryExpression(comparison)) return false;
  const isLeft = comparison.left === node;
  const other = isLeft ? comparison.right : comparison.left;
  // `length > n` is right already from n = declared on; `length < n` only above it.
  const above = isLeft
    ? [K.GreaterThanToken, K.LessThanEqualsToken]
    : [K.LessThanToken, K.GreaterThanEqualsToken];
  const limit = above.includes(comparison.operatorToken.kind) ? declared - 1 : declared;
  return ts.isNumericLiteral(other) && Number(other.text) <= limit;
}

/** The rules, in the order of their codes. */
export const TRAP_RULES: readonly Rule[] = [
  {
    code: "C530",
    id: "function-order",
    what: "a function used above its declaration",
    why: "does not exist yet on Espruino: nothing is hoisted.",
    advice: `${LOWER} If it did: two modules import each other.`,
    find: (program) => earlyMentions(program, true),
  },
  {
    code: "C531",
    id: "var-order",
    what: "a variable used before its `var` line",
    why: "is the outer variable of that name on Espruino, or none.",
    advice: `${LOWER} If it did: two modules import each other.`,
    find: (program) => earlyMentions(program, false),
  },
  nodeRule(
    "C532",
    "compound-order",
    "a compound assignment whose right side runs code",
    "reads the left side after the right one on Espruino.",
    LOWER,
    (n) => compoundOperator(n) !== undefined && mayChangeState((n as ts.BinaryExpression).right),
  ),
  nodeRule(
    "C533",
    "do-body",
    "`do` without braces around a compound statement",
    "is a syntax error on Espruino.",
    LOWER,
    (n) => ts.isDoStatement(n) && !ts.isBlock(n.statement) && isRefusedDoBody(n.statement),
  ),
  nodeRule(
    "C534",
    "do-in-switch",
    "a `do` loop in a `case`",
    "runs on Espruino even after a `break` has left the switch.",
    LOWER,
    (n) => ts.isDoStatement(n) && isBareInSwitch(n),
  ),
  nodeRule(
    "C535",
    "in-loop-head",
    "`in` in the head of a `for (;;)`",
    "is a syntax error on Espruino.",
    LOWER,
    (n) => n.kind === ts.SyntaxKind.InKeyword && ts.isBinaryExpression(n.parent) && isInLoopHead(n.parent),
  ),
  nodeRule(
    "C536",
    "identifier-of",
    "a variable named `of`",
    "is a syntax error on Espruino.",
    "Use another name.",
    (n) => ts.isIdentifier(n) && n.text === "of" && !isPropertyName(n),
  ),
  nodeRule(
    "C537",
    "open-return",
    "`return` at the end of a line",
    "returns the next line on Espruino.",
    "Write `return;`, or minify.",
    isOpenReturn,
  ),
  nodeRule(
    "C538",
    "stray-step",
    "`++` or `--` at the start of a line",
    "belongs to the line above on Espruino.",
    "End the line above with `;`, or minify.",
    isStrayStep,
  ),
  nodeRule(
    "C539",
    "argument-count",
    "`arguments.length` compared with a declared count",
    "counts declared parameters as passed on Espruino.",
    "Compare the parameter with undefined.",
    countsDeclaredArguments,
  ),
  nodeRule(
    "C540",
    "line-continuation",
    "a string continued on the next line",
    "keeps the line break on Espruino.",
    "Join two strings with +.",
    (n) => ts.isStringLiteral(n) && /\\\r?\n/.test(n.getText()),
  ),
  nodeRule(
    "C541",
    "wide-identifier",
    "a name with a letter outside ASCII",
    "is a syntax error on Espruino.",
    "Use another name.",
    (n) => ts.isIdentifier(n) && /[^\x20-\x7e]/.test(n.text),
  ),
  nodeRule(
    "C542",
    "code-point-escape",
    "`\\u{...}`",
    "is an error on Espruino.",
    "Write \\uXXXX, or minify.",
    (n) => ts.isStringLiteralLike(n) && /(^|[^\\])(\\\\)*\\u\{/.test(n.getText()),
  ),
  nodeRule(
    "C543",
    "return-at-end",
    "`return` as the last thing in a function",
    "is a syntax error on Espruino.",
    `${LOWER} If it did: write \`return null\` there.`,
    isReturnAtEnd,
  ),
  nodeRule(
    "C544",
    "append-order",
    "`+=` on a value that the same expression reads",
    "changes a string already read on Espruino.",
    LOWER,
    appendsToOperand,
  ),
  nodeRule(
    "C545",
    "case-effects",
    "a `case` whose test runs code",
    "runs on Espruino even after another one has matched.",
    LOWER,
    (n) => ts.isCaseClause(n) && mayChangeState(n.expression),
  ),
  nodeRule(
    "C546",
    "finally",
    "a `finally` that runs code",
    "loses what it throws on Espruino, and what goes through it while it catches something.",
    LOWER,
    (n) => ts.isTryStatement(n) && mayGoWrong(n),
  ),
];

function isPropertyName(id: ts.Identifier): boolean {
  const parent = id.parent;
  return (
    (ts.isPropertyAccessExpression(parent) && parent.name === id) ||
    (ts.isPropertyAssignment(parent) && parent.name === id)
  );
}
