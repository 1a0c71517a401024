/** Which members a file has, for those who look for another one of the same name. */
import ts from "typescript";

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
