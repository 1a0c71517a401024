/** Questions about syntax alone. */
import ts from "typescript";

/** A function that can be compiled. */
export type AsyncNode =
  ts.FunctionDeclaration | ts.FunctionExpression | ts.ArrowFunction | ts.MethodDeclaration;

/** The node around `node`; a file has none, which TypeScript's own type leaves out. */
export function above(node: ts.Node): ts.Node | undefined {
  return node.parent;
}

/** The function that `node` is in; undefined at the top of a module. */
export function enclosing(node: ts.Node): ts.FunctionLikeDeclaration | undefined {
  let up = above(node);
  while (up !== undefined && !isFunction(up)) up = above(up);
  return up;
}

/** Whether `node` starts a new function: its awaits, returns and `this` are its own. */
export function isFunction(node: ts.Node): node is ts.FunctionLikeDeclaration {
  return ts.isFunctionLike(node) && "body" in node && node.body !== undefined;
}

/**
 * Whether the `this` of `part`, a child of `node`, is not the one around `node`. What a class extends, keys and decorators
 * have the one around the class.
 */
export function bindsThis(node: ts.Node, part: ts.Node): boolean {
  if (ts.isClassStaticBlockDeclaration(node)) return true;
  const isMember = ts.isPropertyDeclaration(node) || (isFunction(node) && !ts.isArrowFunction(node));
  return isMember && part !== node.name && !ts.isDecorator(part);
}

/** Whether `node` belongs to a run of a function. */
export function isInFunction(node: ts.Node): boolean {
  for (let up = node.parent; !ts.isSourceFile(up); up = up.parent) if (isFunction(up)) return true;
  return false;
}

/** Whether `node` is evaluated once, when its module is. */
export function isTopLevel(node: ts.Node): boolean {
  for (let up = node.parent; !ts.isSourceFile(up); up = up.parent)
    if (isFunction(up) || ts.isBlock(up)) return false;
  return true;
}

/** `node` without parentheses and types around it. */
export function unwrapped(node: ts.Expression): ts.Expression {
  let inner = node;
  while (
    ts.isParenthesizedExpression(inner) ||
    ts.isAsExpression(inner) ||
    ts.isSatisfiesExpression(inner) ||
    ts.isTypeAssertionExpression(inner) ||
    ts.isNonNullExpression(inner)
  ) {
    inner = inner.expression;
  }
  return inner;
}

/** What `node` is a part of, parentheses and types around it left out. */
export function userOf(node: ts.Expression): ts.Node {
  const inner = unwrapped(node);
  let up = node.parent;
  while (ts.isExpression(up) && unwrapped(up) === inner) up = up.parent;
  return up;
}

/** Whether `node` is what a call calls. */
export function isCallee(node: ts.Expression): boolean {
  const up = userOf(node);
  return ts.isCallExpression(up) && unwrapped(up.expression) === node;
}

const awaitCache = new WeakMap<ts.Node, boolean>();

/** Whether control can be suspended inside `node`, functions in it left out. */
export function hasAwait(node: ts.Node): boolean {
  const known = awaitCache.get(node);
  if (known !== undefined) return known;
  const isOwn =
    ts.isAwaitExpression(node) ||
    ts.isYieldExpression(node) ||
    (ts.isForOfStatement(node) && node.awaitModifier !== undefined) ||
    (ts.isVariableDeclarationList(node) && isAwaitUsing(node));
  // A computed key belongs to what is around the method.
  const answer = isFunction(node)
    ? node.name !== undefined && ts.isComputedPropertyName(node.name) && hasAwait(node.name)
    : isOwn || ts.forEachChild(node, (child) => hasAwait(child) || undefined) === true;
  awaitCache.set(node, answer);
  return answer;
}

/** Calls `visit` for every node in `root` that belongs to the same function, `root` left out. */
export function walkOwn(root: ts.Node, visit: (node: ts.Node) => void): void {
  ts.forEachChild(root, function enter(node) {
    visit(node);
    if (!isFunction(node)) ts.forEachChild(node, enter);
  });
}

/** Whether `test` holds for `root` or a node in it, functions included. */
export function some(root: ts.Node, test: (node: ts.Node) => boolean): boolean {
  return test(root) || ts.forEachChild(root, (child) => some(child, test) || undefined) === true;
}

/** Whether `node` assigns. */
export function isAssignment(
  node: ts.Node,
): node is ts.BinaryExpression | ts.PrefixUnaryExpression | ts.PostfixUnaryExpression {
  if (ts.isBinaryExpression(node)) {
    const operator = node.operatorToken.kind;
    return operator >= ts.SyntaxKind.FirstAssignment && operator <= ts.SyntaxKind.LastAssignment;
  }
  if (!ts.isPrefixUnaryExpression(node) && !ts.isPostfixUnaryExpression(node)) return false;
  return node.operator === ts.SyntaxKind.PlusPlusToken || node.operator === ts.SyntaxKind.MinusMinusToken;
}

/**
 * The expressions that `fn` waits for: operands of `await`, arms of `select` and `timeout` (they are arguments of an
 * awaited call), and what it returns, which an async function awaits too.
 */
export function awaitedIn(fn: AsyncNode): readonly ts.Expression[] {
  const known = awaitedCache.get(fn) ?? findAwaited(fn);
  awaitedCache.set(fn, known);
  return known;
}

const awaitedCache = new WeakMap<AsyncNode, readonly ts.Expression[]>();

function findAwaited(fn: AsyncNode): ts.Expression[] {
  const found: ts.Expression[] = [];
  if (!ts.isBlock(fn.body!)) add(fn.body as ts.Expression);
  walkOwn(fn, (node) => {
    if (ts.isAwaitExpression(node)) add(node.expression);
    if (ts.isReturnStatement(node) && node.expression !== undefined) add(node.expression);
  });
  return found;

  function add(expression: ts.Expression): void {
    const operand = unwrapped(expression);
    found.push(operand);
    if (ts.isConditionalExpression(operand)) {
      add(operand.whenTrue);
      add(operand.whenFalse);
    }
    if (ts.isBinaryExpression(operand) && isLazy(operand)) add(operand.right);
    if (!ts.isCallExpression(operand)) return;
    for (const argument of operand.arguments) {
      const arm = unwrapped(argument);
      if (ts.isCallExpression(arm) || ts.isConditionalExpression(arm)) add(arm);
      if (!ts.isObjectLiteralExpression(arm)) continue;
      for (const property of arm.properties) {
        if (ts.isPropertyAssignment(property)) add(property.initializer);
      }
    }
  }
}

/** Whether `node` is `a, b`, or evaluates `b` only when `a` does not decide. */
export function isLazy(node: ts.BinaryExpression): boolean {
  const operator = node.operatorToken.kind;
  return (
    operator === ts.SyntaxKind.CommaToken ||
    operator === ts.SyntaxKind.AmpersandAmpersandToken ||
    operator === ts.SyntaxKind.BarBarToken ||
    operator === ts.SyntaxKind.QuestionQuestionToken
  );
}

/** Whether `statement` contains a break or continue to a target outside of it. */
export function jumpsOut(statement: ts.Node): boolean {
  return leaves(statement, { breaks: false, continues: false, labels: [] });
}

interface Inside {
  readonly breaks: boolean;
  readonly continues: boolean;
  readonly labels: readonly string[];
}

function leaves(node: ts.Node, inside: Inside): boolean {
  if (isFunction(node)) return false;
  if (ts.isBreakOrContinueStatement(node)) {
    if (node.label !== undefined) return !inside.labels.includes(node.label.text);
    return ts.isBreakStatement(node) ? !inside.breaks : !inside.continues;
  }
  let within = inside;
  if (ts.isIterationStatement(node, false)) within = { ...inside, breaks: true, continues: true };
  else if (ts.isSwitchStatement(node)) within = { ...inside, breaks: true };
  else if (ts.isLabeledStatement(node)) within = { ...inside, labels: [...inside.labels, node.label.text] };
  return ts.forEachChild(node, (child) => leaves(child, within) || undefined) === true;
}

/** Whether a return in `node` runs a `finally` block on its way, which could keep it from returning. */
export function returnsThroughFinally(node: ts.Node): boolean {
  if (isFunction(node)) return false;
  if (ts.isTryStatement(node) && node.finallyBlock !== undefined && hasReturn(node)) return true;
  return ts.forEachChild(node, (child) => returnsThroughFinally(child) || undefined) === true;
}

/** Whether `node` contains a return of the function it is in. */
export function hasReturn(node: ts.Node): boolean {
  if (ts.isReturnStatement(node)) return true;
  return !isFunction(node) && ts.forEachChild(node, (child) => hasReturn(child) || undefined) === true;
}

/** Whether an identifier is a use of a variable, not a property name, label, type or declaration. */
export function isReference(id: ts.Identifier): boolean {
  const up = id.parent;
  if (ts.isPropertyAccessExpression(up)) return up.expression === id;
  if (ts.isShorthandPropertyAssignment(up)) return true;
  if (ts.isPropertyAssignment(up) || ts.isBindingElement(up)) return up.initializer === id;
  if (ts.isVariableDeclaration(up) || ts.isParameter(up) || ts.isEnumMember(up)) return up.initializer === id;
  if (ts.isPropertyDeclaration(up)) return up.initializer === id;
  if (ts.isLabeledStatement(up) || ts.isBreakOrContinueStatement(up) || ts.isMetaProperty(up)) return false;
  if (ts.isExpressionWithTypeArguments(up)) return isExtended(up);
  if (
    ts.isTypeNode(up) ||
    ts.isQualifiedName(up) ||
    ts.isTypeElement(up) ||
    ts.isTypeParameterDeclaration(up)
  )
    return false;
  if (ts.isFunctionLike(up) || ts.isClassLike(up)) return (up as { name?: ts.Node }).name !== id;
  return !(
    ts.isImportSpecifier(up) ||
    ts.isImportClause(up) ||
    ts.isNamespaceImport(up) ||
    ts.isExportSpecifier(up)
  );
}

/** Whether a name or member is the target of an assignment, in a pattern perhaps. */
export function isAssigned(target: ts.Node): boolean {
  for (let node = target; ; node = node.parent) {
    const up = node.parent;
    if (isAssignment(up)) return !ts.isBinaryExpression(up) || up.left === node;
    if (ts.isBinaryExpression(up)) return false;
    if (ts.isForInStatement(up) || ts.isForOfStatement(up)) return up.initializer === node;
    const isPattern =
      ts.isParenthesizedExpression(up) ||
      ts.isArrayLiteralExpression(up) ||
      ts.isObjectLiteralExpression(up) ||
      ts.isPropertyAssignment(up) ||
      isShorthand(node) ||
      ts.isSpreadElement(up) ||
      ts.isSpreadAssignment(up);
    if (!isPattern) return false;
  }
}

/** Whether `node` is the expression after the `extends` of a class. */
function isExtended(node: ts.ExpressionWithTypeArguments): boolean {
  const clause = node.parent;
  return (
    ts.isHeritageClause(clause) &&
    clause.token === ts.SyntaxKind.ExtendsKeyword &&
    ts.isClassLike(clause.parent)
  );
}

/** Whether `list` declares with `var`: its names belong to the whole function. */
export function isVar(list: ts.VariableDeclarationList): boolean {
  return (list.flags & ts.NodeFlags.BlockScoped) === 0;
}

export function isConstEnum(node: ts.Node): boolean {
  return (
    ts.isEnumDeclaration(node) &&
    node.modifiers?.some((each) => each.kind === ts.SyntaxKind.ConstKeyword) === true
  );
}

/** Whether `list` declares with `using` or `await using`. */
export function isUsing(list: ts.VariableDeclarationList): boolean {
  // `using` has a bit of its own; `await using` has that and the one of `const`.
  return (list.flags & ts.NodeFlags.Using) !== 0;
}

export function isAwaitUsing(list: ts.VariableDeclarationList): boolean {
  return isUsing(list) && (list.flags & ts.NodeFlags.Const) !== 0;
}

/** Whether `node` declares resources, functions in it left out. */
export function hasUsing(node: ts.Node): boolean {
  if (ts.isVariableDeclarationList(node)) return isUsing(node);
  return !isFunction(node) && ts.forEachChild(node, (child) => hasUsing(child) || undefined) === true;
}

/** What `node` extends. */
export function baseOf(node: ts.ClassLikeDeclaration): ts.Expression | undefined {
  const clause = node.heritageClauses?.find((each) => each.token === ts.SyntaxKind.ExtendsKeyword);
  return clause?.types[0]?.expression;
}

/** Whether `node` is `super.m` or `super[m]`. */
export function isSuperMember(
  node: ts.Node,
): node is ts.PropertyAccessExpression | ts.ElementAccessExpression {
  const isMember = ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node);
  return isMember && node.expression.kind === ts.SyntaxKind.SuperKeyword;
}

/** The parameters that take an argument: not the `this` that only has a type. */
export function parametersOf(fn: ts.SignatureDeclaration): ts.ParameterDeclaration[] {
  return fn.parameters.filter((each) => !(ts.isIdentifier(each.name) && each.name.text === "this"));
}

const argumentsCache = new WeakMap<ts.Node, boolean>();

/** Whether `fn`, or an arrow in it, uses the `arguments` of `fn`; an arrow has none. */
export function usesArguments(fn: AsyncNode): boolean {
  const known = argumentsCache.get(fn);
  if (known !== undefined) return known;
  const uses = (node: ts.Node): boolean => {
    if (ts.isIdentifier(node) && node.text === "arguments" && isReference(node)) return true;
    return ts.forEachChild(node, (child) => (!bindsThis(node, child) && uses(child)) || undefined) === true;
  };
  const answer = !ts.isArrowFunction(fn) && ts.forEachChild(fn, (child) => uses(child) || undefined) === true;
  argumentsCache.set(fn, answer);
  return answer;
}

/** Whether `fn` has some of its arguments as one list. */
export function takesList(fn: AsyncNode): boolean {
  return usesArguments(fn) || fn.parameters.some((each) => each.dotDotDotToken !== undefined);
}

/** The names of the modules that `file` imports, in statements, types and calls. TypeScript's own type leaves them out. */
export function importsOf(file: ts.SourceFile): readonly ts.StringLiteralLike[] {
  return (file as unknown as { imports?: readonly ts.StringLiteralLike[] }).imports ?? [];
}

/** Whether `node` is `root` or lies in it. */
export function isWithin(node: ts.Node, root: ts.Node): boolean {
  return node.getSourceFile() === root.getSourceFile() && node.pos >= root.pos && node.end <= root.end;
}

/** What `node` is, in words. */
export function kindOf(node: ts.Node): string {
  return ts.SyntaxKind[node.kind].replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase();
}

/** What declares the value of `symbol`: of a function with overloads the one with a body. */
export function implementationOf(symbol: ts.Symbol | undefined): ts.Declaration | undefined {
  const first = symbol?.valueDeclaration;
  if (first === undefined || !ts.isFunctionLike(first) || isFunction(first)) return first;
  return symbol!.declarations!.find(isFunction) ?? first;
}

/** Whether `node` is both key and value of an object: `{ node }`, and no default there. */
export function isShorthand(node: ts.Node): boolean {
  const up = above(node);
  return up !== undefined && ts.isShorthandPropertyAssignment(up) && up.name === node;
}
