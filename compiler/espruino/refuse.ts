/** Refuses, in the author's text, what has no form that Espruino runs. */
import ts from "typescript";
import { isFunctionLike } from "./nodes.js";
import type { ProfileViolation } from "./profile.js";

import { refusalOf } from "./regexp/rewrite.js";
import { REGEXP_RULES } from "./rules/regexp.js";

/** Thrown by `lowerModule`; carries every refusal of the module, not only the first. */
export class LoweringError extends Error {
  readonly violations: readonly ProfileViolation[];
  constructor(violations: readonly ProfileViolation[]) {
    super(
      violations.map((v) => `${v.code} ${v.file}:${v.line}:${v.column} ${v.message} ${v.advice}`).join("\n"),
    );
    this.name = "LoweringError";
    this.violations = violations;
  }
}

interface Refusal {
  readonly code: string;
  readonly rule: string;
  readonly message: string;
  readonly advice: string;
}

const refusal = (code: string, rule: string, message: string, advice: string): Refusal => ({
  code,
  rule,
  message,
  advice,
});

const ASYNC = refusal(
  "C504",
  "async",
  "an await outside of functions has no form on Espruino.",
  "Put it in an async function, and call that.",
);
const HOLE = refusal(
  "C521",
  "array-hole",
  "a hole in an array literal is a syntax error in skipped code.",
  "Write `undefined` in its place.",
);
const DECORATOR = refusal(
  "C590",
  "decorator",
  "decorators have no form on Espruino.",
  "Call the function instead.",
);
const USING = refusal("C591", "using", "`using` has no form on Espruino.", "Write try/finally.");
const META = refusal(
  "C592",
  "module-meta",
  "a bundle has no import() and no import.meta.",
  "Import statically.",
);
const BIGINT = refusal("C519", "bigint", "Espruino has no BigInt.", "Use numbers, or two 32-bit halves.");

const OBJECT_SUPER = refusal(
  "C524",
  "object-super",
  "`super` in an object has no form on Espruino.",
  "Call the function that is meant by its name.",
);
const EXTENDS = refusal(
  "C525",
  "extends-builtin",
  "a subclass of this builtin has no form on Espruino.",
  "Keep one in a field.",
);
/** What classes of ours can be based on: our own builtins, and errors. */
const NO_BASE =
  /^(Array|Promise|Date|RegExp|Function|String|Number|Boolean|ArrayBuffer|DataView|\w+Array|null)$/;

/** Throws {@link LoweringError} when the module holds anything that cannot be lowered. */
export function refuseUnlowerable(code: string, fileName: string): void {
  const file = ts.createSourceFile(fileName, code, ts.ScriptTarget.Latest, true);
  const found: ProfileViolation[] = [];
  const visit = (node: ts.Node): void => {
    const why = refuses(node);
    if (why) found.push(at(file, node, why));
    ts.forEachChild(node, visit);
  };
  visit(file);
  if (found.length > 0) throw new LoweringError(found);
}

/** TypeScript's helpers that have no form of ours; nothing should reach this, so the advice is to report it. */
const FOREIGN_HELPER =
  /^__(await|async|generator|decorate|param|metadata|esDecorate|runInit|propKey|classPrivate|addDisposable|disposeResources|import|export|createBinding)/;

/** Throws {@link LoweringError} when ES5 output still calls a helper that is not supplied. */
export function refuseUnknownHelpers(globals: ReadonlySet<string>, fileName: string): void {
  const unknown = [...globals].filter((name) => FOREIGN_HELPER.test(name));
  if (unknown.length === 0) return;
  throw new LoweringError(
    unknown.map((name) => ({
      ...refusal(
        "C593",
        "foreign-helper",
        `this module needs TypeScript's "${name}", which Espruino cannot run.`,
        "Write the construct out, and report it.",
      ),
      file: fileName,
      line: 1,
      column: 1,
      excerpt: name,
    })),
  );
}

function refuses(node: ts.Node): Refusal | undefined {
  const isAwait = ts.isAwaitExpression(node) || (ts.isForOfStatement(node) && node.awaitModifier);
  if (isAwait && isOutsideOfFunctions(node)) return ASYNC;
  if (node.kind === ts.SyntaxKind.SuperKeyword && isInObject(node)) return OBJECT_SUPER;
  if (ts.isExpressionWithTypeArguments(node) && isBase(node) && NO_BASE.test(node.expression.getText()))
    return EXTENDS;
  if (ts.isRegularExpressionLiteral(node)) return regExpRefusal(node);
  if (ts.isOmittedExpression(node) && !isInPattern(node)) return HOLE;
  if (ts.isDecorator(node)) return DECORATOR;
  if (ts.isVariableDeclarationList(node) && (node.flags & ts.NodeFlags.Using) !== 0) return USING;
  if (ts.isMetaProperty(node) && node.keywordToken === ts.SyntaxKind.ImportKeyword) return META;
  if (node.kind === ts.SyntaxKind.ImportKeyword && ts.isCallExpression(node.parent)) return META;
  return ts.isBigIntLiteral(node) ? BIGINT : undefined;
}

function isInObject(node: ts.Node): boolean {
  const owner = ts.findAncestor(node, (at) => isFunctionLike(at) && !ts.isArrowFunction(at));
  return owner !== undefined && ts.isObjectLiteralExpression(owner.parent);
}

const isBase = (node: ts.ExpressionWithTypeArguments): boolean =>
  ts.isHeritageClause(node.parent) &&
  node.parent.token === ts.SyntaxKind.ExtendsKeyword &&
  ts.isClassLike(node.parent.parent);

function regExpRefusal(node: ts.RegularExpressionLiteral): Refusal | undefined {
  const code = refusalOf(node);
  const rule = REGEXP_RULES.find((each) => each.code === code);
  return rule && refusal(rule.code, rule.id, `${rule.what} ${rule.why}`, rule.advice);
}

function isOutsideOfFunctions(node: ts.Node): boolean {
  for (let up = node.parent; !ts.isSourceFile(up); up = up.parent) if (ts.isFunctionLike(up)) return false;
  return true;
}

/** True for `[, b] = list`: the hole is in a pattern and costs nothing. */
function isInPattern(node: ts.Node): boolean {
  if (ts.isArrayBindingPattern(node.parent)) return true;
  let at: ts.Node = node.parent;
  while (
    ts.isArrayLiteralExpression(at.parent) ||
    ts.isObjectLiteralExpression(at.parent) ||
    ts.isPropertyAssignment(at.parent) ||
    ts.isSpreadElement(at.parent)
  )
    at = at.parent;
  const parent = at.parent;
  if (ts.isForOfStatement(parent)) return parent.initializer === at;
  return (
    ts.isBinaryExpression(parent) &&
    parent.left === at &&
    parent.operatorToken.kind === ts.SyntaxKind.EqualsToken
  );
}

function at(file: ts.SourceFile, node: ts.Node, why: Refusal): ProfileViolation {
  const start = node.getStart(file);
  const { line, character } = file.getLineAndCharacterOfPosition(start);
  const excerpt = (file.text.slice(start).split("\n", 1)[0] ?? "").slice(0, 60);
  return { ...why, file: file.fileName, line: line + 1, column: character + 1, excerpt };
}
