/**
 * Puts our builtins in the place of those that Espruino lacks or gets wrong.
 *
 *     Math.trunc(x)             -> __Math_trunc(x)
 *     new Map()                 -> new __Map()
 *     Array.prototype.slice     -> [].slice
 *     new Error(text, { cause }) -> __withCause(new Error(text), { cause: cause })
 *     JSON.stringify(x, null, 2) -> __stringify(x, null, 2)
 *     /a(b|c)+d/               -> a variable with new __RegExp(...), where the engine gets it wrong
 *     for (k in o) ...          -> for (...; k of __keysOf(o)) ...    where prototypes hold more than the engine's own
 *
 * Methods stay as they are written: patches.ts tells which ones go on the prototypes.
 */
import ts from "typescript";
import { GLOBALS } from "./builtins/globals.js";
import { STATICS } from "./builtins/statics.js";
import { helperName } from "./helpers.js";
import { constantText, evidentKind } from "./evident.js";
import {
  growsPrototypes,
  holds,
  mayBeBuiltin,
  isCompared,
  isWritten,
  pathOf,
  unwrapped,
  isNothing,
} from "./paths.js";
import { hasOwnRegExps, isUsedAtOnce, ownRegExp, partsOf, textOfRegExp } from "./regexp/rewrite.js";
import { analyse, linkParents, type Scopes } from "./scope.js";

const K = ts.SyntaxKind;

/** A value whose methods are those of the prototype. */
const SAMPLES: Readonly<Record<string, (f: ts.NodeFactory) => ts.Expression>> = {
  Array: (f) => f.createArrayLiteralExpression(),
  String: (f) => f.createStringLiteral(""),
  Number: (f) => f.createParenthesizedExpression(f.createNumericLiteral(0)),
};

/** Builtins whose prototypes are empty, too. */
const BARE = /^(RegExp|Date|Promise|DataView|Boolean)$/;

/** The transformer; its input must be as parsed, with no other transformer before it. */
export const replaceBuiltins: ts.TransformerFactory<ts.SourceFile> = (context) => (file) => {
  linkParents(file);
  return new Replacer(context, file).run();
};

class Replacer {
  readonly #context: ts.TransformationContext;
  readonly #f: ts.NodeFactory;
  readonly #file: ts.SourceFile;
  readonly #scopes: Scopes;
  readonly #globals: ReadonlySet<ts.Node>;
  /** Names of globals that are used, not only asked for. */
  readonly #used: ReadonlySet<string>;
  readonly #guardsKeys: boolean;
  readonly #hasOwnRegExps: boolean;
  /** Objects with getters, which `JSON.stringify` passes over. */
  readonly #hasGetters: boolean;
  readonly #patterns: ts.VariableDeclaration[] = [];

  constructor(context: ts.TransformationContext, file: ts.SourceFile) {
    this.#context = context;
    this.#f = context.factory;
    this.#file = file;
    this.#scopes = analyse(file);
    const { globals } = this.#scopes;
    this.#globals = new Set(globals);
    this.#used = new Set(globals.filter((id) => !ts.isTypeOfExpression(id.parent)).map((id) => id.text));
    this.#guardsKeys = growsPrototypes(file);
    this.#hasOwnRegExps = hasOwnRegExps(file);
    this.#hasGetters = holds(file, ts.isGetAccessor);
  }

  run(): ts.SourceFile {
    const file = this.#children(this.#file);
    if (this.#patterns.length === 0) return file;
    const patterns = this.#f.createVariableStatement(undefined, this.#patterns);
    const at = file.statements.findIndex((statement) => !ts.isImportDeclaration(statement));
    const place = at < 0 ? file.statements.length : at;
    return this.#f.updateSourceFile(file, [
      ...file.statements.slice(0, place),
      patterns,
      ...file.statements.slice(place),
    ]);
  }

  #children<T extends ts.Node>(node: T): T {
    return ts.visitEachChild(node, (child) => this.#visit(child), this.#context);
  }

  #visit(node: ts.Node): ts.Node {
    if (ts.isIdentifier(node)) return this.#global(node);
    if (ts.isPropertyAccessExpression(node)) return this.#property(node) ?? this.#children(node);
    if (ts.isForInStatement(node) && this.#guardsKeys) return this.#loopOverKeys(node);
    if (ts.isNewExpression(node) && this.#hasCause(node)) return this.#caused(node);
    if (ts.isCallExpression(node) || ts.isNewExpression(node))
      return this.#regExpOf(node) ?? this.#call(node) ?? this.#children(node);
    if (ts.isElementAccessExpression(node))
      return this.#namedElement(node) ?? this.#symbolOf(node) ?? this.#children(node);
    if (ts.isRegularExpressionLiteral(node)) return this.#regExp(node);
    if (ts.isBinaryExpression(node)) return this.#instanceOf(node) ?? this.#children(node);
    return this.#children(node);
  }

  #call(node: ts.CallExpression | ts.NewExpression): ts.Expression | undefined {
    if (!ts.isCallExpression(node)) return undefined;
    if (pathOf(node.expression)?.text === "Math.round") return this.#rounded(node);
    if (!this.#isGlobal(node.expression, "Number")) return this.#json(node);
    const args = node.arguments.map((arg) => this.#visit(arg) as ts.Expression);
    return this.#helper("__Number", args, node);
  }

  /** Halves go up: of what is a number for certain, without a function. */
  #rounded(node: ts.CallExpression): ts.Expression | undefined {
    const [value] = node.arguments;
    if (!value || evidentKind(value, this.#scopes) !== "number") return undefined;
    const f = this.#f;
    const floor = f.createPropertyAccessExpression(f.createIdentifier("Math"), "floor");
    const half = f.createNumericLiteral("0.5");
    const sum = f.createAdd(this.#visit(value) as ts.Expression, half);
    return ts.setTextRange(f.createCallExpression(floor, undefined, [sum]), node);
  }

  /** Whose instances the engine or this build does not make as JavaScript says. */
  #instanceOf(node: ts.BinaryExpression): ts.Expression | undefined {
    if (node.operatorToken.kind !== K.InstanceOfKeyword) return undefined;
    const value = (): ts.Expression => this.#visit(node.left) as ts.Expression;
    if (this.#isGlobal(node.right, "TypeError")) return this.#helper("__isTypeError", [value()], node);
    if (this.#isGlobal(node.right, "RegExp") && this.#hasOwnRegExps)
      return this.#helper("__isRegExp", [value()], node);
    return undefined;
  }

  #helper(name: string, args: ts.Expression[], at: ts.Node): ts.Expression {
    return ts.setTextRange(this.#f.createCallExpression(this.#f.createIdentifier(name), undefined, args), at);
  }

  /** `new RegExp("...")` is as good as a literal; of another text, it is read at run time. */
  #regExpOf(node: ts.CallExpression | ts.NewExpression): ts.Expression | undefined {
    if (!this.#isGlobal(node.expression, "RegExp")) return undefined;
    const text = textOfRegExp(node);
    if (text !== undefined) return ownRegExp(text.source, text.flags, this.#f);
    const args = (node.arguments ?? []).map((arg) => this.#visit(arg) as ts.Expression);
    return this.#helper("__makeRegExp", args, node);
  }

  /** Whether `node` makes an error of a class of the engine, with more than a message. */
  #hasCause({ expression, arguments: args }: ts.NewExpression): boolean {
    const isError =
      ts.isIdentifier(expression) && /^(Error|(Type|Syntax|Reference)Error)$/.test(expression.text);
    if (!isError || !this.#globals.has(expression) || args === undefined) return false;
    return args.length > 1 && !args.some(ts.isSpreadElement);
  }

  /** `new Error(message, { cause })`. */
  #caused(node: ts.NewExpression): ts.Expression {
    const [message, options] = node.arguments!.map((each) => this.#visit(each) as ts.Expression);
    const made = this.#f.updateNewExpression(node, node.expression, undefined, [message!]);
    return this.#helper("__withCause", [made, options!], node);
  }

  /** `text[KEY]` of a constant name: by brackets, a text throws when it has no such property. */
  #namedElement(node: ts.ElementAccessExpression): ts.Expression | undefined {
    const name = constantText(node.argumentExpression, this.#scopes);
    if (name === undefined || !/^[A-Za-z_$][\w$]*$/.test(name)) return undefined;
    const target = this.#visit(node.expression) as ts.Expression;
    return ts.setTextRange(this.#f.createPropertyAccessExpression(target, name), node);
  }

  /** `value[Symbol.NAME]`, where it is read; what calls it knows that it is there. */
  #symbolOf(node: ts.ElementAccessExpression): ts.Expression | undefined {
    const path = pathOf(node.argumentExpression);
    if (path === undefined || !path.text.startsWith("Symbol.") || !this.#globals.has(path.root))
      return undefined;
    const { parent, expression, argumentExpression } = node;
    const isCalled = ts.isCallExpression(parent) && parent.expression === node;
    if (isCalled || isWritten(node) || ts.isDeleteExpression(parent) || expression.kind === K.ThisKeyword)
      return undefined;
    const args = [expression, argumentExpression].map((each) => this.#visit(each) as ts.Expression);
    return this.#helper("__symbolOf", args, node);
  }

  /** A literal that the engine gets wrong; made once, where nothing can tell. */
  #regExp(node: ts.RegularExpressionLiteral): ts.Expression {
    const { source, flags } = partsOf(node);
    const own = ownRegExp(source, flags, this.#f);
    if (own === undefined) return node;
    if (/[gy]/.test(flags) && !isUsedAtOnce(node)) return own;
    const name = this.#f.createUniqueName("pattern");
    this.#patterns.push(this.#f.createVariableDeclaration(name, undefined, undefined, own));
    return name;
  }

  #isGlobal(node: ts.Node, name: string): boolean {
    return ts.isIdentifier(node) && node.text === name && this.#globals.has(node);
  }

  #global(id: ts.Identifier): ts.Expression {
    if (!this.#globals.has(id) || !Object.hasOwn(GLOBALS, id.text) || !this.#used.has(id.text)) return id;
    return this.#clearsTimer(id) ? id : this.#named(helperName(id.text), id);
  }

  /** `clearTimeout(id)` of a number for certain, which the engine's own takes. */
  #clearsTimer({ parent, text }: ts.Identifier): boolean {
    const [id] = ts.isCallExpression(parent) && text.startsWith("clear") ? parent.arguments : [];
    return id !== undefined && evidentKind(id, this.#scopes) === "number";
  }

  #property(node: ts.PropertyAccessExpression): ts.Expression | undefined {
    if (isWritten(node)) return undefined;
    const path = pathOf(node);
    if (path !== undefined && this.#globals.has(path.root)) {
      const isFine =
        (path.text === "Object.fromEntries" && this.#takesList(node)) ||
        (path.text === "Object.prototype.toString" && isCompared(node));
      if (Object.hasOwn(STATICS, path.text) && !isFine) return this.#named(helperName(path.text), node);
      if (path.text === `${path.root.text}.prototype.${node.name.text}`) {
        const name = node.name.text;
        const sample = SAMPLES[path.root.text];
        if (sample) return this.#f.createPropertyAccessExpression(sample(this.#f), name);
        if (BARE.test(path.root.text) && name !== "constructor")
          return this.#helper("__methodOf", [this.#f.createStringLiteral(name)], node);
      }
    }
    if (node.name.text === "constructor" && mayBeBuiltin(node)) {
      return this.#helper("__constructorOf", [this.#visit(node.expression) as ts.Expression], node);
    }
    const inner = unwrapped(node.expression);
    const isBareObject = ts.isObjectLiteralExpression(inner) && inner.properties.length === 0;
    if (isBareObject && node.name.text === "toString" && !ts.isCallExpression(node.parent))
      return this.#named("__Object_prototype_toString", node);
    return undefined;
  }

  /** Whether a function gets an array for certain. */
  #takesList({ parent }: ts.Node): boolean {
    const [list] = ts.isCallExpression(parent) ? parent.arguments : [];
    if (list === undefined) return false;
    if (evidentKind(list, this.#scopes) === "array") return true;
    const callee = ts.isCallExpression(list) ? list.expression : undefined;
    return (
      callee !== undefined && ts.isPropertyAccessExpression(callee) && /^(map|filter)$/.test(callee.name.text)
    );
  }

  #named(name: string, at: ts.Node): ts.Expression {
    return ts.setTextRange(this.#f.createIdentifier(name), at);
  }

  /** `JSON.stringify` with more than a value, and `JSON.parse` with a reviver. */
  #json(node: ts.CallExpression): ts.Expression | undefined {
    const callee = node.expression;
    if (!ts.isPropertyAccessExpression(callee) || !this.#isGlobal(callee.expression, "JSON"))
      return undefined;
    const [, second, ...more] = node.arguments;
    const method = callee.name.text;
    const isPlain = (!second || (isNothing(second) && more.every(isNothing))) && !this.#hasGetters;
    if (isPlain || (method === "parse" ? !second : method !== "stringify")) return undefined;
    const args = node.arguments.map((arg) => this.#visit(arg) as ts.Expression);
    return this.#helper(`__${method}`, args, node);
  }

  #loopOverKeys(node: ts.ForInStatement): ts.Statement {
    const f = this.#f;
    const list = f.createUniqueName("keys");
    const i = f.createUniqueName("i");
    const declare = (name: ts.Identifier, value: ts.Expression): ts.VariableDeclaration =>
      f.createVariableDeclaration(name, undefined, undefined, value);
    const item = f.createElementAccessExpression(list, i);
    const { initializer } = node;
    const target = ts.isVariableDeclarationList(initializer)
      ? f.createVariableStatement(undefined, [
          declare(initializer.declarations[0]!.name as ts.Identifier, item),
        ])
      : f.createExpressionStatement(f.createAssignment(this.#visit(initializer) as ts.Expression, item));
    const body = this.#visit(node.statement) as ts.Statement;
    const keys = f.createCallExpression(f.createIdentifier("__keysOf"), undefined, [
      this.#visit(node.expression) as ts.Expression,
    ]);
    const head = f.createVariableDeclarationList([
      declare(i, f.createNumericLiteral(0)),
      declare(list, keys),
    ]);
    const test = f.createLessThan(i, f.createPropertyAccessExpression(list, "length"));
    const statements = ts.isBlock(body) ? body.statements : [body];
    const loop = f.createForStatement(
      head,
      test,
      f.createPostfixIncrement(i),
      f.createBlock([target, ...statements]),
    );
    return ts.setTextRange(loop, node);
  }
}
