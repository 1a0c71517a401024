/**
 * Which methods a call may mean where the object is only known by its type: those of the same name, of classes and
 * objects whose type fits. A class below another one fits, even where its types do not: a method may take more.
 */
import ts from "typescript";

/** A part of the facade over TypeScript's checker (program.ts). */
export class Methods {
  private byName: Map<string, ts.Node[]> | undefined;

  constructor(
    private readonly checker: ts.TypeChecker,
    private readonly all: () => readonly ReadonlyMap<string, readonly ts.Node[]>[],
    private readonly symbolOf: (name: ts.Node) => ts.Symbol | undefined,
  ) {}

  /** Members of all classes and object literals, and assignments to members. */
  private named(name: string): readonly ts.Node[] {
    if (this.byName === undefined) {
      this.byName = new Map();
      for (const members of this.all())
        for (const [each, nodes] of members)
          this.byName.set(each, [...(this.byName.get(each) ?? []), ...nodes]);
    }
    return this.byName.get(name) ?? [];
  }

  /** What else could be meant by `method`: the same member of others that fit. */
  rivalsOf(method: ts.MethodDeclaration): ts.Node[] {
    const own = this.checker.getTypeAtLocation(method.parent);
    return this.named(method.name.getText()).filter((each) =>
      ts.isBinaryExpression(each)
        ? this.symbolOf((each.left as ts.PropertyAccessExpression).name)?.valueDeclaration === method
        : each.parent !== method.parent && isStatic(each) === isStatic(method) && this.fits(each.parent, own),
    );
  }

  /** The members that `access` may mean. */
  membersFor(access: ts.PropertyAccessExpression): ts.Node[] {
    const own = this.checker.getNonNullableType(this.checker.getTypeAtLocation(access.expression));
    return this.named(access.name.text).filter(
      (each) => !ts.isBinaryExpression(each) && this.fits(each.parent, own),
    );
  }

  /** Whether an object of `node`, a class or an object literal, can be one of `type`. */
  private fits(node: ts.Node, type: ts.Type): boolean {
    // `this` and type parameters stand for what they extend.
    const own = this.checker.getBaseConstraintOfType(type) ?? type;
    if (this.checker.isTypeAssignableTo(this.checker.getTypeAtLocation(node), own)) return true;
    const declared = (own.isUnion() ? own.types : [own]).map((each) => each.symbol as ts.Symbol | undefined);
    return ts.isClassLike(node) && this.isBelow(node, declared);
  }

  /** Whether class `node` extends or implements one of `symbols`, in whichever depth. */
  private isBelow(node: ts.ClassLikeDeclaration, symbols: readonly (ts.Symbol | undefined)[]): boolean {
    const seen = new Set<ts.Node>([node]);
    for (const each of seen) {
      for (const { expression } of heritageOf(each)) {
        const symbol = this.symbolOf(expression);
        if (symbols.includes(symbol) && symbol !== undefined) return true;
        for (const declaration of symbol?.declarations ?? []) seen.add(declaration);
      }
    }
    return false;
  }
}

function isStatic(node: ts.Node): boolean {
  return (ts.getCombinedModifierFlags(node as ts.Declaration) & ts.ModifierFlags.Static) !== 0;
}

/** What `node` extends and implements. */
function heritageOf(node: ts.Node): readonly ts.ExpressionWithTypeArguments[] {
  if (!ts.isClassLike(node) && !ts.isInterfaceDeclaration(node)) return [];
  return (node.heritageClauses ?? []).flatMap((clause) => clause.types);
}

/** Members of classes and object literals, and assignments to members, by name. */
export function membersIn(file: ts.SourceFile): Map<string, ts.Node[]> {
  const found = new Map<string, ts.Node[]>();
  const add = (name: string, node: ts.Node): void => {
    if (!found.has(name)) found.set(name, []);
    found.get(name)!.push(node);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isClassLike(node) || ts.isObjectLiteralExpression(node)) {
      const members: readonly ts.NamedDeclaration[] = ts.isClassLike(node) ? node.members : node.properties;
      for (const each of members) if (each.name !== undefined) add(each.name.getText(), each);
    }
    const isAssignment = ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken;
    if (isAssignment && ts.isPropertyAccessExpression(node.left)) add(node.left.name.text, node);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}
