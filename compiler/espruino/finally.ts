/**
 * Writes out `finally`: Espruino forgets what a `finally` throws and where it jumps to, and what was on its way through
 * it when something is caught while it runs. How the `try` was left is kept in a variable, and done afterwards:
 *
 *     try { if (a) return b(); } finally { c(); }
 *
 *     var how = 0, what;
 *     done: try { if (a) { what = b(); how = 2; break done; } } catch (e) { what = e; how = 1; }
 *     c();
 *     if (how === 1) throw what;
 *     if (how) return what;
 *
 * A `finally` that can do none of this, `busy = false`, stays: it costs nothing.
 */
import ts from "typescript";
import { isUpdate } from "./effects.js";
import { isFunctionLike } from "./nodes.js";

const K = ts.SyntaxKind;

/** The transformer; runs before labels are removed. */
export const writeFinally: ts.TransformerFactory<ts.SourceFile> = (context) => (file) => {
  let count = 0;
  const visit = (node: ts.Node): ts.VisitResult<ts.Node> => {
    const result = ts.visitEachChild(node, visit, context);
    if (!ts.isTryStatement(result) || !mayGoWrong(result)) return result;
    // No author has such a label.
    return new Writer(context, `try ${++count}`).statements(result);
  };
  return ts.visitNode(file, visit) as ts.SourceFile;
};

/** Whether the engine may get the `finally` of `node` wrong. */
export function mayGoWrong(node: ts.TryStatement): boolean {
  return node.finallyBlock !== undefined && !isQuiet(node.finallyBlock, PLAIN);
}

/** Whether `node` throws nothing, catches nothing, and does nothing but what is `allowed`. */
function isQuiet(node: ts.Node, allowed: ReadonlySet<ts.SyntaxKind>): boolean {
  if (ts.isToken(node)) return node.kind !== K.InKeyword && node.kind !== K.InstanceOfKeyword;
  if (!allowed.has(node.kind)) return false;
  return ts.forEachChild(node, (part) => !isQuiet(part, allowed) && !isAssigned(part, node)) !== true;
}

/** `this.part` where `node` assigns to it. */
function isAssigned(part: ts.Node, node: ts.Node): boolean {
  if (!ts.isPropertyAccessExpression(part) || part.expression.kind !== K.ThisKeyword) return false;
  return isUpdate(node) && !(ts.isBinaryExpression(node) && node.right === part);
}

/** What is quiet where its parts are. */
const PLAIN: ReadonlySet<ts.SyntaxKind> = new Set([
  ...[K.Block, K.EmptyStatement, K.ExpressionStatement, K.IfStatement, K.ParenthesizedExpression],
  ...[K.BinaryExpression, K.PrefixUnaryExpression, K.PostfixUnaryExpression, K.ConditionalExpression],
  ...[K.TypeOfExpression, K.VoidExpression],
]);

const JUMPS = [K.ReturnStatement, K.BreakStatement, K.ContinueStatement];
const PLAIN_OR_JUMP: ReadonlySet<ts.SyntaxKind> = new Set([...PLAIN, ...JUMPS]);

/** A jump out of a `try`, and the number that stands for it. */
interface Jump {
  readonly number: number;
  /** What makes it after the `finally`. */
  readonly statement: ts.Statement;
}

/** What `break` and `continue` mean where a statement of a `try` stands. */
interface Place {
  readonly labels: readonly string[];
  readonly inLoop: boolean;
  readonly inSwitch: boolean;
}

const OUTSIDE: Place = { labels: [], inLoop: false, inSwitch: false };
const THROWN = 1;

/** Writes one `try`. */
class Writer {
  readonly #context: ts.TransformationContext;
  readonly #f: ts.NodeFactory;
  readonly #label: string;
  readonly #how: ts.Identifier;
  readonly #what: ts.Identifier;
  readonly #jumps = new Map<string, Jump>();

  constructor(context: ts.TransformationContext, label: string) {
    this.#context = context;
    this.#f = context.factory;
    this.#label = label;
    this.#how = this.#f.createUniqueName("how");
    this.#what = this.#f.createUniqueName("what");
  }

  statements(node: ts.TryStatement): ts.Statement[] {
    const f = this.#f;
    const attempt = ts.setTextRange(this.#attempt(node), node);
    const body = this.#jumps.size === 0 ? attempt : f.createLabeledStatement(this.#label, attempt);
    const names = [this.#variable(this.#how, f.createNumericLiteral(0)), this.#variable(this.#what)];
    return [
      f.createVariableStatement(undefined, names),
      body,
      ...node.finallyBlock!.statements,
      ...this.#goOn(),
    ];
  }

  /** The `try` and its `catch`; nothing leaves them but by `break` of the label. */
  #attempt(node: ts.TryStatement): ts.TryStatement {
    const f = this.#f;
    const tried = this.#inside(node.tryBlock);
    const clause = node.catchClause;
    if (clause === undefined) return f.createTryStatement(tried, this.#catch(), undefined);
    const inside = this.#inside(clause.block);
    const block = isQuiet(clause.block, PLAIN_OR_JUMP)
      ? inside
      : f.createBlock([f.createTryStatement(inside, this.#catch(), undefined)]);
    const { variableDeclaration } = clause;
    return f.createTryStatement(tried, f.updateCatchClause(clause, variableDeclaration, block), undefined);
  }

  #catch(): ts.CatchClause {
    const f = this.#f;
    const error = f.createUniqueName("error");
    return f.createCatchClause(this.#variable(error), f.createBlock(this.#note(THROWN, error)));
  }

  /** `block`, in which a jump out of it is noted. */
  #inside(block: ts.Block): ts.Block {
    const at =
      (place: Place) =>
      (node: ts.Node): ts.Node => {
        if (isFunctionLike(node)) return node;
        if (leaves(node, place)) return ts.setTextRange(this.#jump(node), node);
        return ts.visitEachChild(node, at(inside(node, place)), this.#context);
      };
    return at(OUTSIDE)(block) as ts.Block;
  }

  #jump(node: ts.ReturnStatement | ts.BreakOrContinueStatement): ts.Statement {
    const f = this.#f;
    const value = ts.isReturnStatement(node) ? node.expression : undefined;
    const key = ts.isReturnStatement(node)
      ? `return ${value !== undefined}`
      : `${node.kind} ${node.label?.text ?? ""}`;
    const number = this.#jumps.get(key)?.number ?? THROWN + 1 + this.#jumps.size;
    const statement = value === undefined ? node : f.createReturnStatement(this.#what);
    this.#jumps.set(key, { number, statement });
    return f.createBlock([...this.#note(number, value), f.createBreakStatement(this.#label)]);
  }

  /** What is done after the `finally`. */
  #goOn(): ts.Statement[] {
    const f = this.#f;
    const all = [{ number: THROWN, statement: f.createThrowStatement(this.#what) }, ...this.#jumps.values()];
    return all.map(({ number, statement }, i) => {
      const isLast = i === all.length - 1;
      const test = f.createStrictEquality(this.#how, f.createNumericLiteral(number));
      return f.createIfStatement(isLast ? this.#how : test, statement);
    });
  }

  #note(how: number, what?: ts.Expression): ts.Statement[] {
    const set = (name: ts.Identifier, value: ts.Expression): ts.Statement =>
      this.#f.createExpressionStatement(this.#f.createAssignment(name, value));
    const number = set(this.#how, this.#f.createNumericLiteral(how));
    return what === undefined ? [number] : [set(this.#what, what), number];
  }

  #variable(name: ts.Identifier, value?: ts.Expression): ts.VariableDeclaration {
    return this.#f.createVariableDeclaration(name, undefined, undefined, value);
  }
}

/** Whether `node` is a jump out of the `try` that it stands in. */
function leaves(node: ts.Node, place: Place): node is ts.ReturnStatement | ts.BreakOrContinueStatement {
  if (ts.isReturnStatement(node)) return true;
  if (!ts.isBreakOrContinueStatement(node)) return false;
  if (node.label !== undefined) return !place.labels.includes(node.label.text);
  return !(place.inLoop || (place.inSwitch && ts.isBreakStatement(node)));
}

function inside(node: ts.Node, place: Place): Place {
  if (ts.isLabeledStatement(node)) return { ...place, labels: [...place.labels, node.label.text] };
  if (ts.isIterationStatement(node, false)) return { ...place, inLoop: true };
  return ts.isSwitchStatement(node) ? { ...place, inSwitch: true } : place;
}
