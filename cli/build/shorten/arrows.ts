/**
 * Functions in minified device builds, as the shortest form that does the same:
 *
 *   function f(a) { ... }          -> let f = (a) => { ... };     above the first statement that may call it
 *   function (a) { ... }           -> (a) => { ... }
 *   { f: function (a) { ... } }    -> { f(a) { ... } }
 *
 * One that asks for what an arrow has not stays: `this` or `arguments` of its own, `new`, a prototype.
 */
import ts from "typescript";
import { isFunctionLike } from "../../../compiler/espruino/nodes.js";
import { linkParents } from "../../../compiler/espruino/scope.js";
import { asksForItsOwn } from "./functions.js";

/** How a build has its arrows. */
export interface ArrowOptions {
  readonly declared: "let" | "var";
  /** Functions of the module as well: to XS, where they close over nothing, an arrow is 8 bytes longer than a function. */
  readonly inModule: boolean;
  /** Whether each function stands before what calls it, as Espruino wants it: then it stays there. */
  readonly isOrdered: boolean;
}

/** The transformer. */
export function arrowFunctions(options: ArrowOptions): ts.TransformerFactory<ts.SourceFile> {
  return (context) => (file) => {
    linkParents(file);
    return new Arrows(context, file, options).run();
  };
}

class Arrows {
  private readonly f: ts.NodeFactory;
  private readonly constructed: ReadonlySet<string>;

  constructor(
    private readonly context: ts.TransformationContext,
    private readonly file: ts.SourceFile,
    private readonly options: ArrowOptions,
  ) {
    this.f = context.factory;
    this.constructed = constructedIn(file);
  }

  run(): ts.SourceFile {
    return this.f.updateSourceFile(this.file, this.list(this.file.statements));
  }

  private visit(node: ts.Node): ts.Node {
    if (ts.isBlock(node) && isFunctionLike(node.parent)) {
      return this.f.updateBlock(node, this.list(node.statements));
    }
    if (ts.isPropertyAssignment(node) && ts.isFunctionExpression(node.initializer)) {
      return this.member(node, node.initializer);
    }
    if (ts.isFunctionExpression(node) && this.mayBeArrow(node, nameOf(node))) return this.arrow(node);
    return ts.visitEachChild(node, (child) => this.visit(child), this.context);
  }

  private list(statements: ts.NodeArray<ts.Statement>): ts.Statement[] {
    const head: ts.Statement[] = [];
    const arrows: ts.Statement[] = [];
    const rest: ts.Statement[] = [];
    for (const statement of statements) {
      const arrow = ts.isFunctionDeclaration(statement) ? this.declared(statement, statements) : undefined;
      const isEarly = rest.length === 0 && isInert(statement);
      if (arrow === undefined) (isEarly ? head : rest).push(this.visit(statement) as ts.Statement);
      else (this.options.isOrdered ? rest : arrows).push(arrow);
    }
    return [...head, ...arrows, ...rest];
  }

  /** What declares the arrow in the place of `node`, one of `statements`, unless it stays a function. */
  private declared(
    node: ts.FunctionDeclaration,
    statements: readonly ts.Statement[],
  ): ts.Statement | undefined {
    const { name, parent } = node;
    if (name === undefined || (ts.isSourceFile(parent) && !this.options.inModule)) return undefined;
    const isShared = statements.some((each) => each !== node && declares(each, name.text));
    const taken = ts.isSourceFile(parent) ? [] : (parent.parent as ts.FunctionLikeDeclaration).parameters;
    if (isShared || taken.some((each) => each.name.getText() === name.text)) return undefined;
    if (!this.mayBeArrow(node, name.text)) return undefined;
    const arrow = this.arrow(node);
    const declaration = this.f.createVariableDeclaration(name, undefined, undefined, arrow);
    const flags = this.options.declared === "let" ? ts.NodeFlags.Let : ts.NodeFlags.None;
    const list = this.f.createVariableDeclarationList([declaration], flags);
    return ts.setTextRange(this.f.createVariableStatement(undefined, list), node);
  }

  private mayBeArrow(node: ts.FunctionDeclaration | ts.FunctionExpression, name: string): boolean {
    if (node.asteriskToken !== undefined || node.modifiers !== undefined) return false;
    if (ts.isFunctionExpression(node) && node.name !== undefined) return false;
    return !this.isClass(name) && !asksForItsOwn(node);
  }

  /** Whether what is called `name` may be a class, as ES5 has them. */
  private isClass(name: string): boolean {
    return /^[A-Z]/.test(name) || this.constructed.has(name);
  }

  private arrow(node: ts.FunctionDeclaration | ts.FunctionExpression): ts.Expression {
    const { parameters, body } = node;
    const own = ts.visitNodes(parameters, (each) =>
      this.visit(each),
    ) as ts.NodeArray<ts.ParameterDeclaration>;
    const block = body ? (this.visit(body) as ts.Block) : this.f.createBlock([]);
    const made = this.f.createArrowFunction(undefined, undefined, own, undefined, undefined, block);
    return ts.setTextRange(made, node);
  }

  private member(node: ts.PropertyAssignment, own: ts.FunctionExpression): ts.Node {
    const isPlain = own.asteriskToken === undefined && own.modifiers === undefined && own.name === undefined;
    if (!isPlain || this.isClass(node.name.getText())) {
      return ts.visitEachChild(node, (child) => this.visit(child), this.context);
    }
    const none = undefined;
    const parameters = own.parameters.map((each) => this.visit(each) as ts.ParameterDeclaration);
    const body = this.visit(own.body) as ts.Block;
    const made = this.f.createMethodDeclaration(none, none, node.name, none, none, parameters, none, body);
    return ts.setTextRange(made, node);
  }
}

/** Names, of variables and of properties, whose values are called by `new`, or asked for what classes have. */
function constructedIn(file: ts.SourceFile): Set<string> {
  const names = new Set<string>();
  const note = (node: ts.Expression): void => {
    if (ts.isIdentifier(node)) names.add(node.text);
    else if (ts.isPropertyAccessExpression(node)) names.add(node.name.text);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isNewExpression(node) || ts.isExpressionWithTypeArguments(node)) note(node.expression);
    if (ts.isPropertyAccessExpression(node) && node.name.text === "prototype") note(node.expression);
    if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.InstanceOfKeyword)
      note(node.right);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return names;
}

/** What a function expression is known by; nothing where it is not. */
function nameOf(node: ts.FunctionExpression): string {
  const up = node.parent;
  if (ts.isVariableDeclaration(up) && ts.isIdentifier(up.name)) return up.name.text;
  if (!ts.isBinaryExpression(up)) return "";
  if (ts.isIdentifier(up.left)) return up.left.text;
  return ts.isPropertyAccessExpression(up.left) ? up.left.name.text : "";
}

/** Whether `statement` declares `name`. */
function declares(statement: ts.Statement, name: string): boolean {
  if (ts.isFunctionDeclaration(statement)) return statement.name?.text === name;
  if (!ts.isVariableStatement(statement)) return false;
  return statement.declarationList.declarations.some(
    (each) => ts.isIdentifier(each.name) && each.name.text === name,
  );
}

/** Whether `statement` calls nothing. */
function isInert(statement: ts.Statement): boolean {
  if (ts.isImportDeclaration(statement) || isDirective(statement)) return true;
  if (!ts.isVariableStatement(statement)) return false;
  return statement.declarationList.declarations.every(({ initializer: value }) => value === undefined);
}

function isDirective(statement: ts.Statement): boolean {
  return ts.isExpressionStatement(statement) && ts.isStringLiteral(statement.expression);
}
