/**
 * The names of a JavaScript file, without a type checker: which declaration each identifier means.
 *
 *   function                its parameters, and the name that a function expression has for itself
 *   body of a function      its `var`s, from whatever block; functions, let, const, class. A parameter is the `var` too
 *   block, loop, catch      let, const, class, functions
 *
 * Of what else the passes ask a type checker for it knows nothing: no value is a future, no object an array.
 */
import ts from "typescript";
import type { Facts } from "../program/program.js";
import { above, isFunction, isVar } from "../syntax.js";

type Scope = Map<string, ts.Symbol>;

/** What syntax alone tells of a file. */
export class PlainFacts implements Facts {
  readonly promised: ReadonlySet<ts.Node> = new Set();
  private readonly scopes = new Map<ts.Node, Scope>();
  private readonly symbols = new Map<ts.Node, ts.Symbol | undefined>();

  constructor(file: ts.SourceFile) {
    const names = this.open(file);
    ts.forEachChild(file, (node) => {
      this.declare(node, names, names);
    });
  }

  symbolOf(name: ts.Node): ts.Symbol | undefined {
    if (!ts.isIdentifier(name)) return undefined;
    if (!this.symbols.has(name)) this.symbols.set(name, this.resolve(name));
    return this.symbols.get(name);
  }

  private resolve(id: ts.Identifier): ts.Symbol | undefined {
    let from: ts.Node = id;
    for (let up = above(id); up !== undefined; from = up, up = above(up)) {
      // A key that is computed is evaluated outside.
      if (isFunction(up) && up.name === from) continue;
      const symbol = this.scopes.get(up)?.get(id.text);
      if (symbol !== undefined) return symbol;
      // What stands in a function owns the `arguments` there.
      if (id.text === "arguments" && isFunction(up) && !ts.isArrowFunction(up)) return undefined;
    }
    return undefined;
  }

  private open(node: ts.Node): Scope {
    const scope: Scope = new Map();
    this.scopes.set(node, scope);
    return scope;
  }

  /** Notes what `node` declares: in `block`, the innermost scope, or in `outer`, that of its function. */
  private declare(node: ts.Node, block: Scope, outer: Scope): void {
    if (isFunction(node)) this.declareFunction(node, block);
    else if (ts.isClassLike(node)) this.declareClass(node, block, outer);
    else if (ts.isClassStaticBlockDeclaration(node)) {
      const names = this.open(node.body);
      this.declareAll(node.body, names, names);
    } else if (ts.isVariableDeclarationList(node)) {
      for (const { name } of node.declarations) this.addPattern(name, isVar(node) ? outer : block);
      this.declareAll(node, block, outer);
    } else {
      if (ts.isImportClause(node) && node.name !== undefined) this.add(node.name, node, block);
      if (ts.isImportSpecifier(node) || ts.isNamespaceImport(node)) this.add(node.name, node, block);
      const isScope =
        ts.isBlock(node) ||
        ts.isCaseBlock(node) ||
        ts.isIterationStatement(node, false) ||
        ts.isCatchClause(node);
      const names = isScope ? this.open(node) : block;
      if (ts.isCatchClause(node) && node.variableDeclaration !== undefined)
        this.addPattern(node.variableDeclaration.name, names);
      this.declareAll(node, names, outer);
    }
  }

  private declareAll(node: ts.Node, block: Scope, outer: Scope): void {
    ts.forEachChild(node, (child) => {
      this.declare(child, block, outer);
    });
  }

  private declareFunction(node: ts.FunctionLikeDeclaration, block: Scope): void {
    if (ts.isFunctionDeclaration(node) && node.name !== undefined) this.add(node.name, node, block);
    if (node.name !== undefined && ts.isComputedPropertyName(node.name))
      this.declare(node.name, block, block);
    const names = this.open(node);
    for (const parameter of node.parameters) {
      this.addPattern(parameter.name, names);
      this.declare(parameter, names, names);
    }
    const body = node.body!;
    if (!ts.isBlock(body)) this.declare(body, names, names);
    else {
      const inner = this.open(body);
      for (const [name, symbol] of names) inner.set(name, symbol);
      this.declareAll(body, inner, inner);
    }
    if (ts.isFunctionExpression(node) && node.name !== undefined && !names.has(node.name.text))
      this.add(node.name, node, names);
  }

  private declareClass(node: ts.ClassLikeDeclaration, block: Scope, outer: Scope): void {
    const names = ts.isClassExpression(node) ? this.open(node) : block;
    if (node.name !== undefined) this.add(node.name, node, names);
    this.declareAll(node, names, outer);
  }

  private addPattern(name: ts.BindingName, scope: Scope): void {
    if (ts.isIdentifier(name)) this.add(name, name.parent as ts.Declaration, scope);
    else for (const each of name.elements) if (ts.isBindingElement(each)) this.addPattern(each.name, scope);
  }

  private add(id: ts.Identifier, declaration: ts.Declaration, scope: Scope): void {
    const known = scope.get(id.text);
    const made = { name: id.text, declarations: [declaration], valueDeclaration: declaration };
    const symbol = known ?? (made as unknown as ts.Symbol);
    scope.set(id.text, symbol);
    this.symbols.set(id, symbol);
  }

  /** No function is one of a task. */
  isDeclared(): boolean {
    return true;
  }
  ownNameOf(): undefined {
    return undefined;
  }
  isFuture(): boolean {
    return false;
  }
  isPromise(): boolean {
    return false;
  }
  isEither(): boolean {
    return false;
  }
  isChannel(): boolean {
    return false;
  }
  isText(): boolean {
    return false;
  }
  isAny(): boolean {
    return true;
  }
  isPrimitive(node: ts.Node): boolean {
    return ts.isLiteralExpression(node) && !ts.isRegularExpressionLiteral(node);
  }
  isIndexed(): boolean {
    return false;
  }
  isMethod(): boolean {
    return false;
  }
  isVoid(): boolean {
    return false;
  }
  isVoidReturn(): boolean {
    return false;
  }
  numberOf(): undefined {
    return undefined;
  }
  choicesOf(): undefined {
    return undefined;
  }
  readonly hasGeneratorObjects = false;

  isAsyncGenerator(): boolean {
    return false;
  }

  memberOf(): undefined {
    return undefined;
  }
  constantOf(): undefined {
    return undefined;
  }
  holderOf(): undefined {
    return undefined;
  }
  givesFuture(): boolean {
    return false;
  }
}
