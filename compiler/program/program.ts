/** The thin facade over TypeScript's program and checker: nothing else in the compiler asks for symbols or types. */
import ts from "typescript";
import { Callable } from "./callable.js";
import { seenFromDefault } from "./defaults.js";
import { Methods, membersIn } from "./members.js";
import { Sources } from "./sources.js";
import { isShorthand } from "../syntax.js";
import { Values, isPrimitiveType, isTextType, type Choices } from "./values.js";

/** A type-checked program and the questions that the passes ask of it. */
export class Program extends Sources {
  /** What values there are in memory, by their types. */
  readonly values = new Values(this.checker, (file) => this.isOurs(file));
  /** Async functions that are called for their promise; see promised.ts. */
  promised: ReadonlySet<ts.Node> = new Set();
  /** Whether compiled generators are objects somewhere; see graph/generator-objects.ts. */
  hasGeneratorObjects = false;
  /** What functions fit where they are called. */
  readonly callable = new Callable(this.checker);
  /** The methods that a call may mean. */
  readonly methods = new Methods(
    this.checker,
    () => this.authored.map((file) => this.noted(file, "members", () => membersIn(file))),
    (name) => this.symbolOf(name),
  );

  /** The function that starts the program, where one is declared as such. */
  get main(): ts.FunctionDeclaration | undefined {
    return this.entryFile?.statements
      .filter(ts.isFunctionDeclaration)
      .find((each) => (ts.getCombinedModifierFlags(each) & ts.ModifierFlags.Default) !== 0);
  }

  /** What keeps the entry's default export from being a `main`; undefined when it is one. */
  get problemOfMain(): { readonly what: string; readonly at: ts.Node | undefined } | undefined {
    if (this.roots.entry === undefined) return undefined;
    const file = this.entryFile;
    const module = file && this.checker.getSymbolAtLocation(file);
    const exported =
      module && this.checker.getExportsOfModule(module).find((each) => each.name === "default");
    if (exported === undefined) return { what: "has no start", at: undefined };
    const isAlias = (exported.flags & ts.SymbolFlags.Alias) !== 0;
    const main = isAlias ? this.checker.getAliasedSymbol(exported) : exported;
    const at = main.declarations?.[0];
    const type = this.checker.getTypeOfSymbol(main);
    const signature = type.getCallSignatures()[0];
    if (signature === undefined) {
      return (type.flags & ts.TypeFlags.Any) !== 0
        ? undefined
        : { what: "has a start that is no function", at };
    }
    const isAsync = symbolOf(signature.getReturnType())?.name === "Promise";
    return isAsync ? { what: "has a start that is async, and only tasks can wait", at } : undefined;
  }

  /** The symbol that `name` stands for, through imports. */
  symbolOf(name: ts.Node): ts.Symbol | undefined {
    const notes = this.notes.get(name.getSourceFile());
    if (notes === undefined) return this.lookUp(name);
    return notes.symbol(
      name,
      (file) => this.files.has(file),
      () => this.lookUp(name),
    );
  }

  private lookUp(name: ts.Node): ts.Symbol | undefined {
    // A private name means its class, whatever type its object has.
    const member = ts.isPrivateIdentifier(name) ? privateMember(name) : undefined;
    let symbol = this.checker.getSymbolAtLocation(member?.name ?? name);
    if (symbol !== undefined && isShorthand(name)) {
      symbol = this.checker.getShorthandAssignmentValueSymbol(name.parent) ?? symbol;
    }
    if (symbol !== undefined && symbol.flags & ts.SymbolFlags.Alias)
      symbol = this.checker.getAliasedSymbol(symbol);
    return symbol && seenFromDefault(this.checker, name, symbol);
  }

  /** The name by which the package exports what `callee` stands for, or undefined when it is not ours. */
  ownNameOf(callee: ts.Node): string | undefined {
    return this.answer("ownNameOf", callee, () => {
      const symbol = this.symbolOf(callee);
      const file = symbol?.declarations?.[0]?.getSourceFile();
      return symbol !== undefined && file !== undefined && this.isOurs(file) ? symbol.name : undefined;
    });
  }

  /** Whether `node` has the type of our futures, whatever it is at run time. */
  isFuture(node: ts.Node): boolean {
    return this.answer("isFuture", node, () =>
      this.typesOf(node).every((type) => this.isOurType(type, "Future")),
    );
  }

  /** As {@link isFuture}, and where it may be something else. */
  mayBeFuture(node: ts.Node): boolean {
    return this.typesOf(node).some((type) => this.isOurType(type, "Future"));
  }

  /** Whether `node` may be a promise, or what is like one, and no future of ours. */
  isPromise(node: ts.Node): boolean {
    return this.answer("isPromise", node, () =>
      this.typesOf(node).some((type) => !this.isOurType(type, "Future") && this.values.hasThen(type)),
    );
  }

  /** Whether `node`, a promise by its type, may be a future of ours at run time. */
  isEither(node: ts.Node): boolean {
    return this.typesOf(node).some(
      (type) => this.isOurType(type, "Future") || symbolOf(type)?.name === "PromiseLike",
    );
  }

  /** Whether `node` is our `Board`, whose methods take pin names. */
  isBoard(node: ts.Node): boolean {
    return this.answer("isBoard", node, () =>
      this.typesOf(node).some((type) => this.isOurType(type, "Board")),
    );
  }

  /** Whether `node` calls method `name` of our type `owner`. */
  isOwnCall(node: ts.Node, owner: string, name: string): node is ts.CallExpression {
    if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return false;
    const { expression, name: member } = node.expression;
    return member.text === name && this.typesOf(expression).every((type) => this.isOurType(type, owner));
  }

  /** Whether all code that uses a module of this program is known: it starts in a `main`, and no host has a part in it. */
  get isClosed(): boolean {
    return this.roots.entry !== undefined && (this.roots.modules ?? []).length === 0;
  }

  /** The function whose code a call of `callee` runs, as far as its declaration tells. */
  signatureOf(call: ts.CallExpression | ts.NewExpression): ts.Declaration | undefined {
    return this.checker.getResolvedSignature(call)?.declaration;
  }

  /** Whether `node` is one of our channels, extends one, or is what gives its items as they do. */
  isChannel(node: ts.Node): boolean {
    const isOne = (type: ts.Type): boolean => CHANNELS.some((name) => this.isOurType(type, name));
    return this.answer("isChannel", node, () =>
      this.typesOf(node).every((type) => [type, ...(type.getBaseTypes() ?? [])].some(isOne)),
    );
  }

  /** Whether `node` is a channel of all threads. */
  isSharedChannel(node: ts.Node): boolean {
    return this.typesOf(node).every((type) => this.isOurType(type, "SharedChannel"));
  }

  /** Whether `node` is asked for one item after the other, each of which has to be awaited. */
  isAsyncGenerator(node: ts.Node): boolean {
    return this.typesOf(node).every((type) =>
      /^Async(Iterable)?(Generator|Iterator)(Object)?$/.test(symbolOf(type)?.name ?? ""),
    );
  }

  isText(node: ts.Node): boolean {
    return this.answer("isText", node, () => this.typesOf(node).every(isTextType));
  }

  isAny(node: ts.Node): boolean {
    return this.answer(
      "isAny",
      node,
      () => (this.checker.getTypeAtLocation(node).flags & ts.TypeFlags.Any) !== 0,
    );
  }

  /** Whether `node` gives a text, number, boolean, symbol or nothing: no object, whose text could change. */
  isPrimitive(node: ts.Node): boolean {
    return this.answer("isPrimitive", node, () => this.typesOf(node).every(isPrimitiveType));
  }

  /** As {@link Values.numberOf}. */
  numberOf(node: ts.Node): ReturnType<Values["numberOf"]> {
    return this.answer("numberOf", node, () => this.values.numberOf(node));
  }

  /** As {@link Values.choicesOf}. */
  choicesOf(node: ts.Node): Choices | undefined {
    return this.answer("choicesOf", node, () => this.values.choicesOf(node));
  }

  /** Whether argument `at` of `call` is a function that the engine, or a library, calls. */
  callsBack(call: ts.CallExpression | ts.NewExpression, at: number): boolean {
    const declaration = this.signatureOf(call);
    if (declaration === undefined || !this.isDeclared(declaration)) return false;
    return this.callable.isCallback(declaration as ts.SignatureDeclaration, at);
  }

  /** Whether what `call` runs is code of the engine, or a library. */
  isCallOfLibrary(call: ts.CallExpression): boolean {
    const declaration = this.signatureOf(call);
    return declaration !== undefined && this.isDeclared(declaration);
  }

  /** Whether `node` may be something to wait for, by its type. */
  isThenable(node: ts.Node): boolean {
    return this.isPromise(node) || this.mayBeFuture(node) || this.isAny(node);
  }

  /** Whether `declaration` has no code here. */
  isDeclared(declaration: ts.Declaration): boolean {
    const file = declaration.getSourceFile();
    return file.isDeclarationFile || this.isOurs(file);
  }

  /** The number that property `name` of `node` has in every run: null without the property, undefined when unknown. */
  numberIn(node: ts.Expression, name: string): number | null | undefined {
    const member = this.checker.getTypeAtLocation(node).getProperty(name);
    if (member === undefined) return this.isAny(node) ? undefined : null;
    const value = member.valueDeclaration;
    if (value === undefined || !ts.isPropertyAssignment(value)) return undefined;
    return this.literalOf(value.initializer);
  }

  /** Whether the object `node` may have property `name`. */
  mayHave(node: ts.Expression, name: string): boolean {
    return this.isAny(node) || this.checker.getTypeAtLocation(node).getProperty(name) !== undefined;
  }

  /** The number that `node` is in every run. */
  literalOf(node: ts.Expression): number | undefined {
    const type = this.checker.getTypeAtLocation(node);
    return type.isNumberLiteral() ? type.value : undefined;
  }

  /** What the value of `node` has under `Symbol.NAME`, where its type tells one declaration. */
  memberOf(node: ts.Node, name: string): ts.Declaration | undefined {
    const known = this.answer(`memberOf ${name}`, node, () => this.findMember(node, name));
    const isCurrent = known === undefined || this.files.has(known.getSourceFile());
    return isCurrent ? known : this.findMember(node, name);
  }

  private findMember(node: ts.Node, name: string): ts.Declaration | undefined {
    const type = this.checker.getNonNullableType(this.checker.getTypeAtLocation(node));
    const found = this.checker.getPropertiesOfType(type).find((each) => {
      const own = each.valueDeclaration && ts.getNameOfDeclaration(each.valueDeclaration);
      return (
        own !== undefined && ts.isComputedPropertyName(own) && own.expression.getText() === `Symbol.${name}`
      );
    });
    return found?.valueDeclaration;
  }

  /** A class or object of the author's whose value could be that of `node`, and has something under `Symbol.NAME`. */
  holderOf(node: ts.Node, name: string): ts.Node | undefined {
    const type = this.checker.getNonNullableType(this.checker.getTypeAtLocation(node));
    const holds = (each: ts.Node): boolean =>
      (ts.isClassLike(each) || ts.isObjectLiteralExpression(each)) &&
      this.memberOf(each, name) !== undefined &&
      this.checker.isTypeAssignableTo(this.checker.getTypeAtLocation(each), type);
    const find = (each: ts.Node): ts.Node | undefined => (holds(each) ? each : ts.forEachChild(each, find));
    for (const file of this.authored) {
      const found = find(file);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** Whether `method` is declared to give a future. */
  givesFuture(method: ts.Declaration): boolean {
    const type = this.checker.getTypeAtLocation(method).getCallSignatures()[0]?.getReturnType();
    return type !== undefined && this.isOurType(type, "Future");
  }

  /** Whether a call of `node`, a function, may give something to wait for. */
  givesThenable(node: ts.Expression): boolean {
    const signatures = this.checker.getTypeAtLocation(node).getCallSignatures();
    return signatures.some((each) => this.values.hasThen(each.getReturnType()));
  }

  /** Whether property `name` of `node` is true in every run. */
  isTrueIn(node: ts.Expression, name: string): boolean {
    const member = this.checker.getTypeAtLocation(node).getProperty(name);
    const value = member?.valueDeclaration;
    return value !== undefined && ts.isPropertyAssignment(value) && this.values.isTrue(value.initializer);
  }

  /** The value of `node`, a member of an enum, where it is known. */
  constantOf(node: ts.PropertyAccessExpression | ts.ElementAccessExpression): string | number | undefined {
    return this.checker.getConstantValue(node);
  }

  /** Whether nobody looks at what `callback` gives: that of `forEach`, say. */
  isVoidCallback(callback: ts.ArrowFunction): boolean {
    const type = this.checker.getContextualType(callback)?.getCallSignatures()[0]?.getReturnType();
    return type !== undefined && (type.flags & ts.TypeFlags.Void) !== 0;
  }

  /** Whether `node` gives no value. */
  isVoid(node: ts.Node): boolean {
    return this.answer(
      "isVoid",
      node,
      () => (this.checker.getTypeAtLocation(node).flags & (ts.TypeFlags.Void | ts.TypeFlags.Never)) !== 0,
    );
  }

  /** Whether what `fn` returns, once awaited, is no value. */
  isVoidReturn(fn: ts.SignatureDeclaration): boolean {
    return this.answer("isVoidReturn", fn, () => {
      const signature = this.checker.getSignatureFromDeclaration(fn);
      const type = signature && this.checker.getAwaitedType(this.checker.getReturnTypeOfSignature(signature));
      return type !== undefined && (type.flags & (ts.TypeFlags.Void | ts.TypeFlags.Never)) !== 0;
    });
  }

  /** Whether `node` is an array or typed array: iterable by index. */
  isIndexed(node: ts.Node): boolean {
    return this.answer("isIndexed", node, () => {
      const type = this.checker.getTypeAtLocation(node);
      if (this.checker.isArrayLikeType(type)) return true;
      return /^((Int|Uint|Float|BigInt|BigUint)\d+(Clamped)?Array|IArguments)$/.test(
        symbolOf(type)?.name ?? "",
      );
    });
  }

  /** Whether `member` is declared as a method, which nobody replaces while a program runs. */
  isMethod(member: ts.Node): boolean {
    return this.answer(
      "isMethod",
      member,
      () => ((this.checker.getSymbolAtLocation(member)?.flags ?? 0) & ts.SymbolFlags.Method) !== 0,
    );
  }

  private typesOf(node: ts.Node): readonly ts.Type[] {
    const type = this.checker.getTypeAtLocation(node);
    return type.isUnion() ? type.types : [type];
  }

  private isOurType(type: ts.Type, name: string): boolean {
    const symbol = symbolOf(type);
    const declaration = symbol?.declarations?.[0];
    return symbol?.name === name && declaration !== undefined && this.isOurs(declaration.getSourceFile());
  }
}

/** What is received from until it gives `CLOSED`. */
const CHANNELS = [
  "Channel",
  "DropNewestChannel",
  "DropOldestChannel",
  "PriorityChannel",
  "Subscription",
  "SharedChannel",
];

/** What the passes that build a graph ask: of a type-checked program, or of syntax alone (promises/names.ts). */
export type Facts = Pick<
  Program,
  | "symbolOf"
  | "ownNameOf"
  | "isDeclared"
  | "promised"
  | "hasGeneratorObjects"
  | "isFuture"
  | "isPromise"
  | "isEither"
  | "isChannel"
  | "isAsyncGenerator"
  | "isText"
  | "isAny"
  | "isPrimitive"
  | "isIndexed"
  | "isMethod"
  | "isVoid"
  | "numberOf"
  | "choicesOf"
  | "memberOf"
  | "holderOf"
  | "givesFuture"
  | "constantOf"
  | "isVoidReturn"
>;

/** The member that `name` stands for, of a class around it. */
function privateMember(name: ts.PrivateIdentifier): ts.ClassElement | undefined {
  for (let up: ts.Node = name.parent; !ts.isSourceFile(up); up = up.parent) {
    if (!ts.isClassLike(up)) continue;
    const own = up.members.find((each) => each.name !== undefined && isNamed(each.name, name));
    if (own !== undefined) return own;
  }
  return undefined;
}

function isNamed(other: ts.PropertyName, name: ts.PrivateIdentifier): boolean {
  return ts.isPrivateIdentifier(other) && other.text === name.text;
}

/** Types without a name have no symbol, which TypeScript's own type leaves out. */
function symbolOf(type: ts.Type): ts.Symbol | undefined {
  return type.symbol;
}
