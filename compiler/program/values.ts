/** What values there are in memory, by their types: a part of the facade over TypeScript's checker (program.ts). */
import ts from "typescript";

const PLAIN =
  ts.TypeFlags.StringLike |
  ts.TypeFlags.NumberLike |
  ts.TypeFlags.BigIntLike |
  ts.TypeFlags.BooleanLike |
  ts.TypeFlags.Null |
  ts.TypeFlags.Undefined;

/** What values a type has, where they are numbers and a few constants. */
export interface Choices {
  readonly hasNumbers: boolean;
  /** Expressions of generated code, each of them once, in an order that depends on nothing else. */
  readonly constants: readonly string[];
}

/** The constants of the library that types name: what `timeout` and channels give besides values. */
const OUTCOMES: Readonly<Record<string, string>> = { timedOut: "$TIMED_OUT", closed: "$CLOSED" };

export class Values {
  constructor(
    private readonly checker: ts.TypeChecker,
    private readonly isOurs: (file: ts.SourceFile) => boolean,
  ) {}

  /** What kind of number the values of `node` are: `whole` is a name whose values fit 32 bits for sure. */
  numberOf(node: ts.Node): "flag" | "whole" | "double" | undefined {
    const types = partsOf(this.typeOf(node));
    if (types.every((type) => type.flags & ts.TypeFlags.BooleanLike)) return "flag";
    if (isDeclaredName(node) && types.every(isWhole)) return "whole";
    return types.every(isNumber) ? "double" : undefined;
  }

  /** The values of `node`, unless there can be others than numbers and constants that the type names. */
  choicesOf(node: ts.Node): Choices | undefined {
    return this.choicesIn(this.typeOf(node));
  }

  /** As {@link choicesOf}, of what an async function returns, once awaited. */
  resultsOf(fn: ts.SignatureDeclaration): Choices | undefined {
    const signature = this.checker.getSignatureFromDeclaration(fn);
    const type = signature && this.checker.getAwaitedType(this.checker.getReturnTypeOfSignature(signature));
    return type && this.choicesIn(type);
  }

  /** The type of what has the name `node`, or is its value: where an enum is declared, that of the object, not of its members. */
  private typeOf(node: ts.Node): ts.Type {
    const isEnum = (node.parent as ts.Node | undefined)?.kind === ts.SyntaxKind.EnumDeclaration;
    const symbol = isEnum ? this.checker.getSymbolAtLocation(node) : undefined;
    return symbol === undefined
      ? this.checker.getTypeAtLocation(node)
      : this.checker.getTypeOfSymbolAtLocation(symbol, node);
  }

  private choicesIn(type: ts.Type): Choices | undefined {
    const [numbers, others] = [
      partsOf(type).filter(isNumber),
      partsOf(type).filter((each) => !isNumber(each)),
    ];
    const constants = others.map((each) => this.constantOf(each));
    if (constants.includes(undefined)) return undefined;
    return { hasNumbers: numbers.length > 0, constants: [...new Set(constants as string[])].sort() };
  }

  private constantOf(type: ts.Type): string | undefined {
    if (type.isStringLiteral()) return JSON.stringify(type.value);
    if (type.flags & ts.TypeFlags.BooleanLiteral) return this.checker.typeToString(type);
    if (type.flags & (ts.TypeFlags.Undefined | ts.TypeFlags.Void)) return "undefined";
    if (type.flags & ts.TypeFlags.Null) return "null";
    const declaration = type.flags & ts.TypeFlags.UniqueESSymbol ? type.symbol.valueDeclaration : undefined;
    return declaration !== undefined && this.isOurs(declaration.getSourceFile())
      ? OUTCOMES[type.symbol.name]
      : undefined;
  }

  /** Whether values of `type` are promises, or like them. */
  hasThen(type: ts.Type): boolean {
    const then = this.checker.getPropertyOfType(type, "then");
    return then !== undefined && this.checker.getTypeOfSymbol(then).getCallSignatures().length > 0;
  }

  /** Whether `node` is true for sure. */
  isTrue(node: ts.Node): boolean {
    return this.typeText(node) === "true";
  }

  /** The type of `node`, for people. */
  typeText(node: ts.Node): string {
    const type = this.checker.getTypeAtLocation(node);
    if (!type.isUnion() || type.aliasSymbol !== undefined) return this.checker.typeToString(type);
    // The checker has the parts in the order in which it met them, which is another one after a change.
    const parts = type.types.map((each) => this.checker.typeToString(each)).sort();
    return parts.join(" | ").replace("false | true", "boolean");
  }

  /** Whether nothing of what `node` gives can be changed: numbers, texts, and objects and lists that are `readonly`. */
  isFixed(node: ts.Node): boolean {
    return this.isFixedType(this.checker.getTypeAtLocation(node), 3);
  }

  private isFixedType(type: ts.Type, depth: number): boolean {
    if (type.isUnion() || type.isIntersection()) {
      const parts = type.types.map((each) => this.isFixedType(each, depth));
      return type.isUnion() ? parts.every(Boolean) : parts.some(Boolean);
    }
    if ((type.flags & PLAIN) !== 0) return true;
    if ((type.flags & ts.TypeFlags.Object) === 0 || depth === 0) return false;
    if (this.checker.isArrayLikeType(type)) return this.isFixedList(type, depth);
    if (type.getCallSignatures().length + type.getConstructSignatures().length > 0) return false;
    const properties = this.checker.getPropertiesOfType(type);
    return (
      properties.length > 0 &&
      properties.every(
        (each) => isReadonly(each) && this.isFixedType(this.checker.getTypeOfSymbol(each), depth - 1),
      )
    );
  }

  private isFixedList(type: ts.Type, depth: number): boolean {
    const isTuple = this.checker.isTupleType(type);
    const { target } = type as ts.TypeReference;
    const isReadonlyList = isTuple
      ? (target as ts.TupleType).readonly
      : target.symbol.name === "ReadonlyArray";
    const items = this.checker.getTypeArguments(type as ts.TypeReference);
    return isReadonlyList && items.every((each) => this.isFixedType(each, depth - 1));
  }
}

export function isTextType(type: ts.Type): boolean {
  return (type.flags & ts.TypeFlags.StringLike) !== 0;
}

export function isPrimitiveType(type: ts.Type): boolean {
  return (type.flags & (PLAIN | ts.TypeFlags.ESSymbolLike)) !== 0;
}

function partsOf(type: ts.Type): readonly ts.Type[] {
  return type.isUnion() ? type.types : [type];
}

/** The type of an expression may be narrower than what it gives; that of a name, where it is declared, holds. */
function isDeclaredName(node: ts.Node): boolean {
  return (node.parent as Partial<ts.NamedDeclaration>).name === node;
}

/** Numbers, and those with a brand. */
function isNumber(type: ts.Type): boolean {
  return type.isIntersection() ? type.types.some(isNumber) : (type.flags & ts.TypeFlags.NumberLike) !== 0;
}

/** Literal types take no other number, but enums do. */
function isWhole(type: ts.Type): boolean {
  const isLiteral = type.isNumberLiteral() && (type.flags & ts.TypeFlags.EnumLiteral) === 0;
  return isLiteral && Object.is(type.value | 0, type.value);
}

function isReadonly(symbol: ts.Symbol): boolean {
  const flags = symbol.valueDeclaration && ts.getCombinedModifierFlags(symbol.valueDeclaration);
  if (((flags ?? 0) & ts.ModifierFlags.Readonly) !== 0) return true;
  // `as const` leaves a mark on the symbol alone.
  const checkFlags = (symbol as { links?: { checkFlags?: number } }).links?.checkFlags ?? 0;
  return (checkFlags & 8) !== 0;
}
