/**
 * Fields of a subclass without a value hide those of its base class, which TypeScript's ES5 leaves as they are:
 *
 *   class B extends A { v; }     ->     class B extends A { v = void 0; }
 */
import ts from "typescript";

/** The transformer: it goes before the one to ES5. */
export const emptyFields: ts.TransformerFactory<ts.SourceFile> = (context) => (file) => {
  const visit = (node: ts.Node): ts.Node => {
    const inner = ts.visitEachChild(node, visit, context);
    return ts.isPropertyDeclaration(inner) && isEmpty(node as ts.PropertyDeclaration)
      ? withUndefined(context.factory, inner)
      : inner;
  };
  return ts.visitNode(file, visit, ts.isSourceFile);
};

function isEmpty(field: ts.PropertyDeclaration): boolean {
  const isDeclaredOnly = (ts.getCombinedModifierFlags(field) & DECLARED) !== 0;
  const extended = field.parent.heritageClauses ?? [];
  const isBelow = extended.some(({ token }) => token === ts.SyntaxKind.ExtendsKeyword);
  return field.initializer === undefined && isBelow && !isDeclaredOnly && !ts.isPrivateIdentifier(field.name);
}

/** What only tells a type. */
const DECLARED = ts.ModifierFlags.Ambient | ts.ModifierFlags.Abstract;

function withUndefined(f: ts.NodeFactory, field: ts.PropertyDeclaration): ts.PropertyDeclaration {
  const { modifiers, name, type } = field;
  return f.updatePropertyDeclaration(field, modifiers, name, undefined, type, f.createVoidZero());
}
