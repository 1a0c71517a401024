/** Whether functions fit where others call them, by their types: a part of the facade over TypeScript's checker (program.ts). */
import ts from "typescript";

/** See the head of this file. */
export class Callable {
  constructor(private readonly checker: ts.TypeChecker) {}

  /** Whether `fn` can be what `callee` calls. A type that depends on a parameter of its own may be any. */
  isCallableAs(fn: ts.SignatureDeclaration, callee: ts.Expression): boolean {
    const type = this.checker.getNonNullableType(this.checker.getTypeAtLocation(callee));
    const signature = this.checker.getSignatureFromDeclaration(fn);
    if (signature === undefined || isLoose(type)) return true;
    const types = type.isUnion() ? type.types : [type];
    return types.some((each) => each.getCallSignatures().some((one) => this.fits(signature, one, callee)));
  }

  /** Whether a function can be the value of `node`, by its type: no number is one, nor what has properties of its own. */
  mayBeFunction(node: ts.Expression): boolean {
    const type = this.checker.getTypeAtLocation(node);
    const types = type.isUnion() ? type.types : [type];
    return types.some((each) => isLoose(each) || this.mayHoldFunction(each));
  }

  private mayHoldFunction(type: ts.Type): boolean {
    if (isPrimitive(type)) return false;
    if (type.getCallSignatures().length > 0) return true;
    return type.getProperties().every(({ name }) => OF_FUNCTIONS.has(name));
  }

  private fits(own: ts.Signature, called: ts.Signature, at: ts.Node): boolean {
    const [given, taken] = [called.getParameters(), own.getParameters()];
    if (!hasRest(called) && taken.slice(given.length).some(isRequired)) return false;
    const count = hasRest(called) || hasRest(own) ? 0 : Math.min(given.length, taken.length);
    for (let i = 0; i < count; i++) {
      const [from, to] = [given[i]!, taken[i]!].map((each) =>
        this.checker.getTypeOfSymbolAtLocation(each, at),
      );
      if (!this.areAlike(from!, to!)) return false;
    }
    return this.areAlike(this.resultOf(own), this.resultOf(called));
  }

  private resultOf(signature: ts.Signature): ts.Type {
    const type = this.checker.getReturnTypeOfSignature(signature);
    return this.checker.getAwaitedType(type) ?? type;
  }

  private areAlike(from: ts.Type, to: ts.Type): boolean {
    if ((to.flags & ts.TypeFlags.Void) !== 0 || this.isOpen(from, 3) || this.isOpen(to, 3)) return true;
    return this.checker.isTypeAssignableTo(from, to);
  }

  /** Whether `type` is not known before something else is. */
  private isOpen(type: ts.Type, depth: number): boolean {
    if (isLoose(type)) return true;
    if (depth === 0) return false;
    const isOpen = (each: ts.Type): boolean => this.isOpen(each, depth - 1);
    if (type.isUnionOrIntersection()) return type.types.some(isOpen);
    if ((type.flags & ts.TypeFlags.Object) === 0) return false;
    if (type.aliasTypeArguments?.some(isOpen) === true) return true;
    if ((type as ts.ObjectType).objectFlags & ts.ObjectFlags.Reference)
      return this.checker.getTypeArguments(type as ts.TypeReference).some(isOpen);
    return type.getCallSignatures().some((each) => isOpen(each.getReturnType()));
  }

  /** Whether argument `at` of `call` is a function that a library is to call. */
  isCallback(declaration: ts.SignatureDeclaration, at: number): boolean {
    const { parameters } = declaration;
    const type = (parameters[at] ?? parameters.at(-1))?.type;
    if (type === undefined) return false;
    const isFunctionType = (node: ts.Node): boolean =>
      ts.isFunctionTypeNode(node) ||
      ts.forEachChild(node, (each) => isFunctionType(each) || undefined) === true;
    return isFunctionType(type) || this.checker.getTypeFromTypeNode(type).getCallSignatures().length > 0;
  }
}

/** Properties of all functions: a type with these alone may be one. */
const OF_FUNCTIONS = new Set(Object.getOwnPropertyNames(Function.prototype));

function isLoose(type: ts.Type): boolean {
  const { Any, Unknown, TypeParameter, Conditional, IndexedAccess } = ts.TypeFlags;
  return (type.flags & (Any | Unknown | TypeParameter | Conditional | IndexedAccess)) !== 0;
}

function isPrimitive({ flags }: ts.Type): boolean {
  const { StringLike, NumberLike, BigIntLike, BooleanLike, ESSymbolLike, VoidLike, Null } = ts.TypeFlags;
  return (
    (flags & (StringLike | NumberLike | BigIntLike | BooleanLike | ESSymbolLike | VoidLike | Null)) !== 0
  );
}

function declared(symbol: ts.Symbol): ts.ParameterDeclaration | undefined {
  const declaration = symbol.valueDeclaration;
  return declaration !== undefined && ts.isParameter(declaration) ? declaration : undefined;
}

function isRequired(symbol: ts.Symbol): boolean {
  const parameter = declared(symbol);
  return (
    parameter !== undefined &&
    parameter.questionToken === undefined &&
    parameter.initializer === undefined &&
    parameter.dotDotDotToken === undefined
  );
}

function hasRest(signature: ts.Signature): boolean {
  return signature.getParameters().some((each) => declared(each)?.dotDotDotToken !== undefined);
}
