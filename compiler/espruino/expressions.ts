/**
 * Rewrites the expressions that Espruino evaluates differently.
 *
 * Names the helpers it needs by plain identifiers; `lower.ts` imports them.
 */
import ts from "typescript";
import { BASE_ERRORS } from "./builtins/globals.js";
import { hasPureBody, isClassBody } from "./classes.js";
import { compoundOperator, mayChangeState, nameOf, namesReadBeforeCode } from "./effects.js";
import { helperName } from "./helpers.js";
import { isFunctionLike, sequence } from "./nodes.js";
import { linkParents } from "./scope.js";

const K = ts.SyntaxKind;

/** The transformer. */
export const rewriteExpressions: ts.TransformerFactory<ts.SourceFile> = (context) => (file) =>
  new ExpressionRewriter(context).run(file);

class ExpressionRewriter {
  readonly #context: ts.TransformationContext;
  readonly #f: ts.NodeFactory;
  /** Temporaries of the function being visited. */
  #temps: ts.Identifier[] = [];
  #readEarly: ReadonlySet<string> = new Set();

  constructor(context: ts.TransformationContext) {
    this.#context = context;
    this.#f = context.factory;
  }

  run(file: ts.SourceFile): ts.SourceFile {
    linkParents(file);
    this.#readEarly = namesReadBeforeCode(file);
    const result = this.#children(file);
    return this.#temps.length === 0
      ? result
      : this.#f.updateSourceFile(result, [this.#declareTemps(), ...result.statements]);
  }

  #children<T extends ts.Node>(node: T): T {
    return ts.visitEachChild(node, (child) => this.#visit(child), this.#context);
  }

  #visit(node: ts.Node): ts.Node {
    if (ts.isBlock(node) && isFunctionLike(node.parent)) return this.#functionBody(node);
    const result = this.#children(node);
    if (ts.isBinaryExpression(result)) return this.#binary(result);
    if (ts.isPrefixUnaryExpression(result) || ts.isPostfixUnaryExpression(result)) return this.#unary(result);
    if (ts.isCallExpression(result)) return this.#call(result);
    return ts.isNewExpression(result) ? this.#new(result) : result;
  }

  #functionBody(node: ts.Block): ts.Block {
    const outer = this.#temps;
    this.#temps = [];
    const body = this.#children(node);
    const result =
      this.#temps.length === 0 ? body : this.#f.updateBlock(body, [this.#declareTemps(), ...body.statements]);
    this.#temps = outer;
    return result;
  }

  #declareTemps(): ts.Statement {
    return this.#f.createVariableStatement(
      undefined,
      this.#temps.map((t) => this.#f.createVariableDeclaration(t)),
    );
  }

  #temp(): ts.Identifier {
    const name = this.#f.createUniqueName("t", ts.GeneratedIdentifierFlags.Optimistic);
    this.#temps.push(name);
    return name;
  }

  #binary(node: ts.BinaryExpression): ts.Expression {
    if (node.operatorToken.kind === K.InKeyword) return this.#helper("__in", [node.left, node.right], node);
    const operator = compoundOperator(node);
    const isSet = operator !== undefined || node.operatorToken.kind === K.EqualsToken;
    if (isSet && isForeignLength(node.left)) return this.#setLength(node.left, operator, node.right, node);
    if (operator === undefined) return node;
    const appends = operator === K.PlusToken && this.#readEarly.has(nameOf(node.left) ?? "");
    return appends || mayChangeState(node.right) ? this.#compound(node, operator) : node;
  }

  /** `x += f()` reads x after the call; `x = x + f()` reads it before. */
  #compound(node: ts.BinaryExpression, operator: ts.BinaryOperator): ts.Expression {
    const f = this.#f;
    const { setup, target } = this.#readTwice(node.left);
    const value = f.createBinaryExpression(target, operator, node.right);
    const result = ts.setTextRange(f.createAssignment(target, value), node);
    return setup.length === 0 ? result : f.createParenthesizedExpression(sequence(f, [...setup, result]));
  }

  /** An expression for a place that may be named twice, and what must be evaluated first, once. */
  #readTwice(left: ts.Expression): { setup: ts.Expression[]; target: ts.Expression } {
    const f = this.#f;
    if (ts.isPropertyAccessExpression(left) && !isPlain(left.expression)) {
      const base = this.#temp();
      return {
        setup: [f.createAssignment(base, left.expression)],
        target: f.createPropertyAccessExpression(base, left.name),
      };
    }
    if (!ts.isElementAccessExpression(left)) return { setup: [], target: left };
    if (isPlain(left.expression) && isPlain(left.argumentExpression)) return { setup: [], target: left };
    const base = this.#temp();
    const key = this.#temp();
    return {
      setup: [f.createAssignment(base, left.expression), f.createAssignment(key, left.argumentExpression)],
      target: f.createElementAccessExpression(base, key),
    };
  }

  #unary(node: ts.PrefixUnaryExpression | ts.PostfixUnaryExpression): ts.Expression {
    const isStep = node.operator === K.PlusPlusToken || node.operator === K.MinusMinusToken;
    if (!isStep || !isForeignLength(node.operand)) return node;
    const by = node.operator === K.PlusPlusToken ? K.PlusToken : K.MinusToken;
    const stepped = this.#setLength(node.operand, by, this.#f.createNumericLiteral(1), node);
    if (ts.isPrefixUnaryExpression(node)) return stepped;
    // The old value is one away from the new one.
    const back = by === K.PlusToken ? K.MinusToken : K.PlusToken;
    return this.#f.createParenthesizedExpression(
      this.#f.createBinaryExpression(stepped, back, this.#f.createNumericLiteral(1)),
    );
  }

  #setLength(
    left: ts.PropertyAccessExpression,
    operator: ts.BinaryOperator | undefined,
    value: ts.Expression,
    at: ts.Node,
  ): ts.Expression {
    const f = this.#f;
    if (operator === undefined) return this.#helper("__setLength", [left.expression, value], at);
    const { setup, target } = this.#readTwice(left);
    const base = (target as ts.PropertyAccessExpression).expression;
    const call = this.#helper("__setLength", [base, f.createBinaryExpression(target, operator, value)], at);
    return setup.length === 0 ? call : f.createParenthesizedExpression(sequence(f, [...setup, call]));
  }

  #call(node: ts.CallExpression): ts.Expression {
    const callee = node.expression;
    if (
      ts.isPropertyAccessExpression(callee) &&
      callee.name.text === "concat" &&
      startsAsString(callee.expression)
    ) {
      return this.#joined(callee.expression, node);
    }
    if (ts.isPropertyAccessExpression(callee) && callee.name.text === "toFixed") {
      return this.#helper("__toFixed", [callee.expression, ...node.arguments], node);
    }
    // Names are given by names.ts, to the programs that ask for them.
    if (ts.isIdentifier(callee) && callee.text === "__setFunctionName") return node.arguments[0]!;
    return isClassBody(callee) ? this.#class(node) : node;
  }

  /** Template literals arrive as `"a".concat(x, "b")`; `concat` drops `undefined` on Espruino, and `+` is cheaper. */
  #joined(first: ts.Expression, node: ts.CallExpression): ts.Expression {
    const f = this.#f;
    const start = ts.isParenthesizedExpression(first) ? first.expression : first;
    const [second] = node.arguments;
    const isEmpty = ts.isStringLiteralLike(start) && start.text === "";
    const parts = [...node.arguments];
    let sum = start;
    if (isEmpty && second && ts.isStringLiteralLike(second)) sum = parts.shift() ?? start;
    for (const part of parts) sum = f.createBinaryExpression(sum, K.PlusToken, part);
    return ts.setTextRange(f.createParenthesizedExpression(sum), node);
  }

  /** A class: subclassable Error, and marked so that the bundler may drop it when nothing uses it. */
  #class(node: ts.CallExpression): ts.Expression {
    const f = this.#f;
    const args = node.arguments.map((a) =>
      ts.isIdentifier(a) && (a.text === "Error" || Object.hasOwn(BASE_ERRORS, a.text))
        ? f.createIdentifier(helperName(a.text))
        : a,
    );
    const result = f.updateCallExpression(node, node.expression, undefined, args);
    if (!hasPureBody(node.expression)) return result;
    return ts.addSyntheticLeadingComment(result, K.MultiLineCommentTrivia, " @__PURE__ ");
  }

  /** `new F(...list)` arrives as `new (F.bind.apply(F, list))()`. */
  #new(node: ts.NewExpression): ts.Expression {
    const inner = ts.isParenthesizedExpression(node.expression) ? node.expression.expression : undefined;
    if (!inner || !ts.isCallExpression(inner) || !ts.isPropertyAccessExpression(inner.expression))
      return node;
    const bind = inner.expression.expression;
    const isBindApply =
      inner.expression.name.text === "apply" &&
      ts.isPropertyAccessExpression(bind) &&
      bind.name.text === "bind";
    const [made, list] = inner.arguments;
    if (!isBindApply || !made || !list) return node;
    return this.#helper(
      "__new",
      [ts.isIdentifier(made) ? made : bind.expression, this.#withoutThis(list)],
      node,
    );
  }

  /** Drops the `void 0` that stands for `this` at the front of a list for `bind`. */
  #withoutThis(list: ts.Expression): ts.Expression {
    const f = this.#f;
    if (ts.isArrayLiteralExpression(list))
      return f.updateArrayLiteralExpression(list, list.elements.slice(1));
    if (!ts.isCallExpression(list)) return list;
    const [first, ...rest] = list.arguments;
    return first
      ? f.updateCallExpression(list, list.expression, undefined, [this.#withoutThis(first), ...rest])
      : list;
  }

  #helper(name: string, args: ts.Expression[], at: ts.Node): ts.CallExpression {
    const f = this.#f;
    return ts.setTextRange(f.createCallExpression(f.createIdentifier(name), undefined, args), at);
  }
}

function isPlain(node: ts.Expression): boolean {
  return (
    ts.isIdentifier(node) ||
    ts.isStringLiteralLike(node) ||
    ts.isNumericLiteral(node) ||
    node.kind === K.ThisKeyword
  );
}

/** `x.length` of anything but `this`, whose class knows that its `length` is an ordinary field. */
function isForeignLength(node: ts.Expression): node is ts.PropertyAccessExpression {
  return (
    ts.isPropertyAccessExpression(node) &&
    node.name.text === "length" &&
    node.expression.kind !== K.ThisKeyword &&
    !/^_this(_\d+)?$/.test(ts.isIdentifier(node.expression) ? node.expression.text : "")
  );
}

/** A string literal, or a sum that starts with one. */
function startsAsString(node: ts.Expression): boolean {
  if (ts.isParenthesizedExpression(node)) return startsAsString(node.expression);
  if (ts.isBinaryExpression(node))
    return node.operatorToken.kind === K.PlusToken && startsAsString(node.left);
  return ts.isStringLiteralLike(node);
}
