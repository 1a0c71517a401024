/**
 * Private names: a member of a name that no other text can have.
 *
 *     this.#count     this["\xFF@$a"]     hidden: Espruino lists no property of such a name
 *                     this.$a             in a program that never lists properties
 *
 * Each class has names of its own, so that a subclass may use the same one.
 */
import ts from "typescript";
import { linkParents } from "./scope.js";

/** Names of what shows the properties of an object. */
const LISTING = new Set(
  "keys values entries assign stringify getOwnPropertyNames getOwnPropertyDescriptors hasOwnProperty hasOwn".split(
    " ",
  ),
);

/** The transformer; its input must be as parsed. */
export const namePrivates: ts.TransformerFactory<ts.SourceFile> = (context) => (file) => {
  linkParents(file);
  const namer = new Namer(file, context.factory);
  const visit = (node: ts.Node): ts.Node => {
    if (ts.isPropertyAccessExpression(node) && ts.isPrivateIdentifier(node.name)) {
      const target = ts.visitNode(node.expression, visit) as ts.Expression;
      return ts.setTextRange(namer.access(target, node.name, node.questionDotToken), node);
    }
    if (ts.isPrivateIdentifier(node)) return namer.key(node);
    return ts.visitEachChild(node, visit, context);
  };
  return ts.visitNode(file, visit) as ts.SourceFile;
};

class Namer {
  readonly #f: ts.NodeFactory;
  readonly #isHidden: boolean;
  readonly #taken: string;
  readonly #names = new Map<ts.Node, Map<string, string>>();
  #count = 0;

  constructor(file: ts.SourceFile, f: ts.NodeFactory) {
    this.#f = f;
    this.#taken = file.text;
    this.#isHidden = listsProperties(file);
  }

  /** As a member's name, or the left side of `in`. */
  key(id: ts.PrivateIdentifier): ts.StringLiteral | ts.Identifier {
    const name = this.#nameOf(id);
    return this.#isHidden || ts.isBinaryExpression(id.parent)
      ? this.#f.createStringLiteral(name)
      : this.#f.createIdentifier(name);
  }

  access(
    target: ts.Expression,
    id: ts.PrivateIdentifier,
    questionDot: ts.QuestionDotToken | undefined,
  ): ts.Expression {
    const f = this.#f;
    const name = this.#nameOf(id);
    if (this.#isHidden) {
      const key = f.createStringLiteral(name);
      return questionDot
        ? f.createElementAccessChain(target, questionDot, key)
        : f.createElementAccessExpression(target, key);
    }
    return questionDot
      ? f.createPropertyAccessChain(target, questionDot, name)
      : f.createPropertyAccessExpression(target, name);
  }

  #nameOf(id: ts.PrivateIdentifier): string {
    const owner = ownerOf(id) ?? id.getSourceFile();
    const names = this.#names.get(owner) ?? new Map<string, string>();
    this.#names.set(owner, names);
    let name = names.get(id.text);
    if (name === undefined) {
      do name = `$${(this.#count++ + 10).toString(36)}`;
      while (this.#taken.includes(name));
      if (this.#isHidden) name = `\xFF@${name}`;
      names.set(id.text, name);
    }
    return name;
  }
}

/** The class around `id` that declares it. */
function ownerOf(id: ts.PrivateIdentifier): ts.ClassLikeDeclaration | undefined {
  for (let at: ts.Node = id.parent; !ts.isSourceFile(at); at = at.parent) {
    if (!ts.isClassLike(at)) continue;
    const declares = (member: ts.ClassElement): boolean =>
      member.name !== undefined && ts.isPrivateIdentifier(member.name) && member.name.text === id.text;
    if (at.members.some(declares)) return at;
  }
  return undefined;
}

function listsProperties(node: ts.Node): boolean {
  return (
    ts.isForInStatement(node) ||
    ts.isSpreadAssignment(node) ||
    (ts.isBindingElement(node) && node.dotDotDotToken !== undefined) ||
    (ts.isPropertyAccessExpression(node) && LISTING.has(node.name.text)) ||
    ts.forEachChild(node, listsProperties) === true
  );
}
