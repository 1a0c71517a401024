/** Regular expressions in a program's text: which ones the engine may keep, and what stands for the others. */
import ts from "typescript";
import { isNative } from "./native.js";
import { parseRegExp, type Parsed } from "./parse.js";

interface Parts {
  readonly source: string;
  readonly flags: string;
}

/** A literal's pattern and flags. */
export function partsOf({ text }: ts.RegularExpressionLiteral): Parts {
  const end = text.lastIndexOf("/");
  return { source: text.slice(1, end), flags: text.slice(end + 1) };
}

/** What `new RegExp("...", "g")` makes, when its text shows it. */
export function textOfRegExp(node: ts.CallExpression | ts.NewExpression): Parts | undefined {
  const [source, flags] = node.arguments ?? [];
  if (source === undefined || !ts.isStringLiteralLike(source)) return undefined;
  if (flags !== undefined && !ts.isStringLiteralLike(flags)) return undefined;
  return { source: source.text, flags: flags?.text ?? "" };
}

/** Whether an expression in the file is one of ours: one that is made at run time may be. */
export function hasOwnRegExps(file: ts.SourceFile): boolean {
  const visit = (node: ts.Node): boolean => {
    const callee = ts.isNewExpression(node) || ts.isCallExpression(node) ? node.expression : undefined;
    const isMade = callee !== undefined && ts.isIdentifier(callee) && callee.text === "RegExp";
    const text = ts.isRegularExpressionLiteral(node)
      ? partsOf(node)
      : isMade
        ? textOfRegExp(node as ts.NewExpression)
        : undefined;
    const isOwn = text ? parsedOwn(text.source, text.flags) !== undefined : isMade;
    return isOwn || ts.forEachChild(node, visit) === true;
  };
  return visit(file);
}

/** The code of what no engine of ours can match, if that is so. */
export function refusalOf(node: ts.RegularExpressionLiteral): string | undefined {
  const { source, flags } = partsOf(node);
  try {
    parseRegExp(source, flags);
    return undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return error.message;
    throw error;
  }
}

function parsedOwn(source: string, flags: string): Parsed | undefined {
  try {
    const parsed = parseRegExp(source, flags);
    return isNative(source, flags, parsed) ? undefined : parsed;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** `new __RegExp(...)`; undefined for what the engine matches right. */
export function ownRegExp(source: string, flags: string, f: ts.NodeFactory): ts.Expression | undefined {
  const parsed = parsedOwn(source, flags);
  if (parsed === undefined) return undefined;
  const args: unknown[] = [source, flags, parsed.alternatives, parsed.groups];
  if (Object.keys(parsed.names).length > 0) args.push(parsed.names);
  const made = f.createNewExpression(
    f.createIdentifier("__RegExp"),
    undefined,
    args.map((arg) => literal(arg, f)),
  );
  return ts.addSyntheticLeadingComment(made, ts.SyntaxKind.MultiLineCommentTrivia, " @__PURE__ ");
}

function literal(value: unknown, f: ts.NodeFactory): ts.Expression {
  if (typeof value === "string") return f.createStringLiteral(value);
  if (typeof value === "number")
    return value < 0
      ? f.createPrefixUnaryExpression(ts.SyntaxKind.MinusToken, f.createNumericLiteral(-value))
      : f.createNumericLiteral(value);
  if (Array.isArray(value)) return f.createArrayLiteralExpression(value.map((each) => literal(each, f)));
  return f.createObjectLiteralExpression(
    Object.entries(value as object).map(([key, each]) =>
      f.createPropertyAssignment(f.createStringLiteral(key), literal(each, f)),
    ),
  );
}

const USERS = new Set(["replace", "replaceAll", "match", "matchAll", "split", "search"]);

/** Given to a method that starts it anew and leaves nothing behind. */
export function isUsedAtOnce(node: ts.Expression): boolean {
  const call = node.parent;
  return (
    ts.isCallExpression(call) &&
    call.arguments[0] === node &&
    ts.isPropertyAccessExpression(call.expression) &&
    USERS.has(call.expression.name.text)
  );
}
