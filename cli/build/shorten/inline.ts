/**
 * Functions of a module that are called at one place, put there: a device build has many of them, since what it does not
 * use is left out. Calls cost time, and functions bytes.
 *
 *   function f(a) { g(a); return a + 1; }     x = f(y);     ->     const a$1 = y; g(a$1); x = a$1 + 1;
 *
 * How a function can be put where it is called:
 *
 *   what it ends with   | f();   return f();   x = f(), let x = f()   in an expression
 *   --------------------+------------------------------------------------------------
 *   nothing             | yes    yes           no                     no
 *   one return          | yes    yes           yes                    where it is nothing else, and its arguments are names
 *   several returns     | no     yes           no                     no
 *
 * Names of its own get a number, so that they mean nothing else there; what it names around it must mean the same at both
 * places.
 */
import ts from "typescript";
import { isFunctionLike } from "../../../compiler/espruino/nodes.js";
import { linkParents } from "../../../compiler/espruino/scope.js";
import { isReference } from "../../../compiler/syntax.js";
import { asOne, withList } from "./lists.js";
import { assignedIn, declaredIn, isDeclared, singlesOf, type Single } from "./singles.js";

/** The transformer. Its input should have been through `plainStatements`. */
export const inlineSingles: ts.TransformerFactory<ts.SourceFile> = (context) => (file) => {
  linkParents(file);
  return new Inliner(context, file).run();
};

/** What a function does where it is called, and what it gives, if that is wanted apart. */
interface Opened {
  readonly statements: readonly ts.Statement[];
  readonly value: ts.Expression | undefined;
}

class Inliner {
  private readonly f: ts.NodeFactory;
  private readonly byCall = new Map<ts.Node, Single>();
  private readonly byNode = new Map<ts.Node, Single>();
  private readonly assigned: ReadonlySet<string>;
  /** Stands between a name and its number. */
  private readonly mark: string;
  /** What the names of the functions stand for that are being put somewhere. */
  private names: ReadonlyMap<string, ts.Expression> = new Map();
  private count = 0;

  constructor(
    private readonly context: ts.TransformationContext,
    private readonly file: ts.SourceFile,
  ) {
    this.f = context.factory;
    this.assigned = assignedIn(file);
    this.mark = /\w\$\d/.test(file.text) ? "$$$" : "$";
    for (const single of singlesOf(file)) {
      this.byCall.set(single.call, single);
      this.byNode.set(single.node, single);
    }
    this.keepWhatCannotGo();
  }

  run(): ts.SourceFile {
    return this.f.updateSourceFile(this.file, this.list(this.file.statements));
  }

  /** Leaves functions alone that stand in each other, or name something else at their call. */
  private keepWhatCannotGo(): void {
    for (let isStable = false; !isStable;) {
      isStable = true;
      for (const single of [...this.byCall.values()]) {
        if (!this.isWithinItself(single) && this.fits(single) && !this.isHidden(single)) continue;
        this.byCall.delete(single.call);
        this.byNode.delete(single.node);
        isStable = false;
      }
    }
  }

  private isWithinItself(single: Single): boolean {
    const seen = new Set<ts.Node>();
    for (let at: ts.Node = single.call; !ts.isSourceFile(at); at = at.parent) {
      const outer = this.byNode.get(at);
      if (outer === undefined) continue;
      if (outer === single || seen.has(at)) return true;
      seen.add(at);
      at = outer.call;
    }
    return false;
  }

  /** Whether the call stands where the function can, by the table. */
  private fits(single: Single): boolean {
    const { call, parameters, body } = single;
    if (call.arguments.some(ts.isSpreadElement)) return false;
    if (!call.arguments.slice(parameters.length).every((each) => this.isName(each))) return false;
    const place = this.placeOf(call);
    if (place === "return") return true;
    const [first, ...others] = returnsOf(body);
    if (first === undefined) return place === "statement";
    if (others.length > 0 || first !== body.statements.at(-1) || first.expression === undefined) return false;
    return place !== "expression" || (body.statements.length === 1 && this.hasNames(single));
  }

  /** Where `call` will stand: what ends a function that goes somewhere stands there. */
  private placeOf(call: ts.CallExpression): Place {
    const place = placeOf(call);
    const around = place === "return" ? ts.findAncestor(call, isFunctionLike) : undefined;
    const outer = around && this.byNode.get(around);
    return outer ? this.placeOf(outer.call) : place;
  }

  private hasNames({ parameters, call }: Single): boolean {
    return parameters.every((name, i) => {
      const argument = call.arguments[i];
      return argument !== undefined && this.isName(argument) && !this.assigned.has(name);
    });
  }

  /** Whether `node` is the same whenever it is evaluated. */
  private isName(node: ts.Expression): boolean {
    if (ts.isIdentifier(node)) return !this.assigned.has(node.text);
    return ts.isNumericLiteral(node) || ts.isStringLiteral(node) || WORDS.has(node.kind);
  }

  /** Whether a function around the call has a name that means something else to the function. */
  private isHidden(single: Single): boolean {
    return this.around(single.call).some((name) => single.free.has(name));
  }

  /** The names of the functions around `node`, once all are in their places. */
  private around(node: ts.Node): string[] {
    const names: string[] = [];
    for (let at = node.parent; !ts.isSourceFile(at); at = at.parent) {
      if (isFunctionLike(at)) names.push(...declaredIn(at, true));
      const outer = this.byNode.get(at);
      if (outer !== undefined) return [...names, ...this.around(outer.call)];
    }
    return names;
  }

  private visit(node: ts.Node): ts.Node {
    if (ts.isBlock(node) || ts.isCaseOrDefaultClause(node)) return this.parts(node);
    if (ts.isStatement(node)) return asOne(this.f, this.statements(node));
    const single = this.byCall.get(node);
    if (single !== undefined) return this.f.createParenthesizedExpression(this.valueOf(single));
    if (ts.isIdentifier(node)) return this.named(node);
    if (ts.isShorthandPropertyAssignment(node)) return this.longhand(node);
    if (ts.isBindingElement(node)) return this.taken(node);
    return this.parts(node);
  }

  /** `node` with all that is in it visited. */
  private parts<T extends ts.Node>(node: T): T {
    const visit = (child: ts.Node): ts.Node => this.visit(child);
    const listed = withList(this.f, node, (statements) => this.list(statements), visit);
    return (listed as T | undefined) ?? ts.visitEachChild(node, visit, this.context);
  }

  private valueOf(single: Single): ts.Expression {
    return this.opened(single, true).value ?? this.f.createVoidZero();
  }

  private named(node: ts.Identifier): ts.Expression {
    const name = this.names.get(node.text);
    if (name === undefined || (!isReference(node) && !isDeclared(node))) return node;
    return ts.setTextRange(this.copy(name), node);
  }

  private longhand(node: ts.ShorthandPropertyAssignment): ts.ObjectLiteralElementLike {
    const name = this.names.get(node.name.text);
    return name === undefined ? node : this.f.createPropertyAssignment(node.name.text, this.copy(name));
  }

  /** `{ a }` takes the property `a`, whatever the variable is called. */
  private taken(node: ts.BindingElement): ts.BindingElement {
    const { dotDotDotToken, name } = node;
    const isShort = node.propertyName === undefined && ts.isObjectBindingPattern(node.parent);
    const property =
      isShort && !dotDotDotToken && ts.isIdentifier(name)
        ? this.f.createIdentifier(name.text)
        : node.propertyName && (this.visit(node.propertyName) as ts.PropertyName);
    const value = node.initializer && (this.visit(node.initializer) as ts.Expression);
    const own = this.visit(name) as ts.BindingName;
    return this.f.updateBindingElement(node, dotDotDotToken, property, own, value);
  }

  private copy(node: ts.Expression): ts.Expression {
    if (ts.isIdentifier(node)) return this.f.createIdentifier(node.text);
    if (ts.isNumericLiteral(node)) return this.f.createNumericLiteral(node.text);
    if (ts.isStringLiteral(node)) return this.f.createStringLiteral(node.text);
    return this.f.createToken(node.kind as ts.SyntaxKind.NullKeyword);
  }

  private list(statements: readonly ts.Statement[]): ts.Statement[] {
    return statements.filter((each) => !this.byNode.has(each)).flatMap((each) => this.statements(each));
  }

  /** `statement`, and before it what a call in it became. */
  private statements(statement: ts.Statement): readonly ts.Statement[] {
    const { f } = this;
    const call = callIn(statement);
    const single = call && this.byCall.get(call);
    if (single === undefined) return [this.parts(statement)];
    if (ts.isReturnStatement(statement)) {
      const { statements } = this.opened(single, false);
      const last = single.body.statements.at(-1);
      return last && ts.isReturnStatement(last) ? statements : [...statements, f.createReturnStatement()];
    }
    const { statements, value } = this.opened(single, true);
    return value === undefined ? statements : [...statements, this.holding(statement, value)];
  }

  /** `statement`, which consists of a call, with `value` in its place. */
  private holding(statement: ts.Statement, value: ts.Expression): ts.Statement {
    const { f } = this;
    if (ts.isVariableStatement(statement)) {
      const { declarations, flags } = statement.declarationList;
      const made = declarations.map((each) =>
        f.createVariableDeclaration(this.visit(each.name) as ts.BindingName, undefined, undefined, value),
      );
      return f.createVariableStatement(statement.modifiers, f.createVariableDeclarationList(made, flags));
    }
    const { expression } = statement as ts.ExpressionStatement;
    if (!ts.isBinaryExpression(expression)) return f.createExpressionStatement(value);
    const target = this.visit(expression.left) as ts.Expression;
    return f.createExpressionStatement(f.createAssignment(target, value));
  }

  /** What `single` does where it is called; with `isApart`, without the return at its end, whose value is given. */
  private opened(single: Single, isApart: boolean): Opened {
    const outer = this.names;
    const { names, declared } = this.bound(single, ++this.count);
    this.names = names;
    const all = [...single.body.statements];
    const last = all.at(-1);
    const end = isApart && last && ts.isReturnStatement(last) ? last.expression : undefined;
    if (end !== undefined) all.pop();
    const statements = [...declared, ...this.list(all)];
    const inner = end && this.byCall.get(end);
    const rest: Opened = inner
      ? this.opened(inner, true)
      : { statements: [], value: end && (this.visit(end) as ts.Expression) };
    this.names = outer;
    return { statements: [...statements, ...rest.statements], value: rest.value };
  }

  /** The names of `single` where it is called: its locals by `number`, its parameters by what they get, if that has a name. */
  private bound(
    single: Single,
    number: number,
  ): { names: Map<string, ts.Expression>; declared: ts.Statement[] } {
    const { f } = this;
    const names = new Map(this.names);
    const declared: ts.Statement[] = [];
    for (const name of single.locals) names.set(name, f.createIdentifier(`${name}${this.mark}${number}`));
    single.parameters.forEach((name, i) => {
      const argument = single.call.arguments[i];
      const value = argument && (this.visit(argument) as ts.Expression);
      const isSame = argument && this.isName(argument) && !this.assigned.has(name);
      if (value && isSame && !isNameWithin(single, value)) {
        names.set(name, value);
        return;
      }
      const made = f.createVariableDeclaration(`${name}${this.mark}${number}`, undefined, undefined, value);
      const list = f.createVariableDeclarationList([made], ts.NodeFlags.Let);
      declared.push(f.createVariableStatement(undefined, list));
    });
    return { names, declared };
  }
}

/** Literals besides numbers and texts. */
const WORDS: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.NullKeyword,
  ts.SyntaxKind.TrueKeyword,
  ts.SyntaxKind.FalseKeyword,
]);

/** Whether a function in that of `single` has a name of its own that `value` is. */
function isNameWithin({ body }: Single, value: ts.Expression): boolean {
  return ts.isIdentifier(value) && declaredIn(body, false).includes(value.text);
}

/** The columns of the table. */
type Place = "statement" | "return" | "value" | "expression";

function placeOf(call: ts.CallExpression): Place {
  const statement = ts.findAncestor(call, ts.isStatement);
  if (statement === undefined || callIn(statement) !== call) return "expression";
  if (ts.isReturnStatement(statement)) return "return";
  return ts.isExpressionStatement(statement) && statement.expression === call ? "statement" : "value";
}

/** The call that `statement` consists of, but for what becomes of its value. */
function callIn(statement: ts.Statement): ts.CallExpression | undefined {
  const value = valueIn(statement);
  return value && ts.isCallExpression(value) ? value : undefined;
}

function valueIn(statement: ts.Statement): ts.Expression | undefined {
  if (ts.isReturnStatement(statement)) return statement.expression;
  if (ts.isVariableStatement(statement)) {
    const [first, ...others] = statement.declarationList.declarations;
    return first && others.length === 0 && ts.isIdentifier(first.name) ? first.initializer : undefined;
  }
  if (!ts.isExpressionStatement(statement)) return undefined;
  const { expression } = statement;
  const isAssignment =
    ts.isBinaryExpression(expression) && expression.operatorToken.kind === ts.SyntaxKind.EqualsToken;
  return isAssignment && ts.isIdentifier(expression.left) ? expression.right : expression;
}

/** The returns of a function itself. */
function returnsOf(body: ts.Block): ts.ReturnStatement[] {
  const found: ts.ReturnStatement[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isReturnStatement(node)) found.push(node);
    if (!isFunctionLike(node)) ts.forEachChild(node, visit);
  };
  visit(body);
  return found;
}
