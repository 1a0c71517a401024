/**
 * Doors: what an async method leaves in its class when its code leaves it. That code is made once, and stands outside;
 * what has a name only inside of the class it reaches by members of the class that nobody else names:
 *
 *   class C extends B {                  of a function, or without a name
 *     #x = 1;                            get $1_x() { return this.#x; } set $1_x($v) { this.#x = $v; }
 *     async m() {                        $1_super($k) { return super[$k]; }     get $1_own() { return C; }
 *       this.#x += super.n + C.n;        this.$1_x += this.$1_super("n") + this.$1_own.n
 *
 * The number is the place of the class among those that it extends, so that each of an object's classes has doors of
 * its own. A private name of a class at the top of a module needs none: the code stands in that class (emit/homes.ts).
 */
import ts from "typescript";
import type { Facts } from "../program/program.js";
import { asyncTargetOf } from "../find/targets.js";
import { authored } from "../emit/text.js";
import { above, baseOf, bindsThis, isReference, isTopLevel, isWithin } from "../syntax.js";

/** The class that declares the name `id`. */
export function ownerOf(id: ts.PrivateIdentifier): ts.ClassLikeDeclaration | undefined {
  for (let up = above(id); up !== undefined; up = above(up)) {
    if (ts.isClassLike(up) && membersOf(up, id.text).length > 0) return up;
  }
  return undefined;
}

/** The class whose `super` the keyword `node` is; undefined in a method of an object. */
export function ownerOfSuper(node: ts.Node): ts.ClassLikeDeclaration | undefined {
  let part = node;
  for (let up = above(node); up !== undefined; part = up, up = above(up)) {
    if (bindsThis(up, part)) return ts.isClassLike(up.parent) ? up.parent : undefined;
  }
  return undefined;
}

/** Whether code outside of `owner` needs a door to a private name of it. */
export function needsDoor(owner: ts.ClassLikeDeclaration | undefined): owner is ts.ClassLikeDeclaration {
  return owner !== undefined && !isTopLevel(owner);
}

/** The class that the name `id` means in its own code, and nowhere else: one of a function, or of an expression. */
export function ownClassOf(program: Facts, id: ts.Identifier): ts.ClassLikeDeclaration | undefined {
  const owner = program.symbolOf(id)?.valueDeclaration;
  if (owner === undefined || !ts.isClassLike(owner) || !isWithin(id, owner)) return undefined;
  return ts.isClassExpression(owner) || !isTopLevel(owner) ? owner : undefined;
}

/** Whether code outside of `owner` needs a door to what it inherits: it has no name there. */
export function needsSuperDoor(owner: ts.ClassLikeDeclaration): boolean {
  return owner.name === undefined || !isTopLevel(owner);
}

/** What doors of `owner` are called; undefined where it is not known how many classes it extends. */
export function doorName(program: Facts, owner: ts.ClassLikeDeclaration, member: string): string | undefined {
  const place = placeOf(program, owner);
  return place === undefined ? undefined : `$${place}_${member.replace("#", "")}`;
}

function placeOf(program: Facts, owner: ts.ClassLikeDeclaration): number | undefined {
  const base = baseOf(owner);
  if (base === undefined) return 0;
  const name = ts.isPropertyAccessExpression(base) ? base.name : base;
  const declaration = program.symbolOf(name)?.valueDeclaration;
  const value: ts.Node | undefined =
    declaration !== undefined && ts.isVariableDeclaration(declaration) && isConst(declaration)
      ? (declaration.initializer ?? declaration)
      : declaration;
  if (value !== undefined && ts.isClassLike(value)) {
    const below = placeOf(program, value);
    return below === undefined ? undefined : below + 1;
  }
  return declaration !== undefined && program.isDeclared(declaration) ? 1 : undefined;
}

function isConst(node: ts.VariableDeclaration): boolean {
  return (ts.getCombinedNodeFlags(node) & ts.NodeFlags.Const) !== 0;
}

/** The doors of `owner` that code which leaves it uses: that of the functions that `isCompiled` says. */
export function doorsText(
  program: Facts,
  owner: ts.ClassLikeDeclaration,
  isCompiled: (node: ts.Node) => boolean,
): string {
  const texts = new Set<string>();
  const isCompiledCall = (node: ts.Node): boolean => {
    const target = ts.isCallExpression(node) ? asyncTargetOf(program, node) : undefined;
    return target !== undefined && isCompiled(target);
  };
  const visit = (node: ts.Node, isOutside: boolean): void => {
    const isPrivate = ts.isPrivateIdentifier(node) && ownerOf(node) === owner && needsDoor(owner);
    if (isOutside && isPrivate && !membersOf(owner, node.text).some(isCompiled))
      texts.add(privateDoor(program, owner, node));
    const isSuper = node.kind === ts.SyntaxKind.SuperKeyword && ownerOfSuper(node) === owner;
    if (isOutside && isSuper && needsSuperDoor(owner) && !isCompiledCall(node.parent.parent))
      texts.add(superDoor(program, owner, node));
    if (isOutside && ts.isIdentifier(node) && isReference(node) && ownClassOf(program, node) === owner)
      texts.add(ownDoor(program, owner, node));
    ts.forEachChild(node, (child) => {
      visit(child, isOutside || isCompiled(node));
    });
  };
  for (const member of owner.members) visit(member, false);
  return [...texts].map((text) => ` ${text}`).join("");
}

function privateDoor(program: Facts, owner: ts.ClassLikeDeclaration, { text }: ts.PrivateIdentifier): string {
  const members = membersOf(owner, text);
  const prefix = members.some(isStatic) ? "static " : "";
  const name = `${prefix}get ${doorName(program, owner, text)!}() { return this.${authored(text)}; }`;
  const isAssigned = members.some((each) => ts.isPropertyDeclaration(each) || ts.isSetAccessor(each));
  if (!isAssigned) return name;
  return `${name} ${prefix}set ${doorName(program, owner, text)!}($v) { this.${authored(text)} = $v; }`;
}

function ownDoor(program: Facts, owner: ts.ClassLikeDeclaration, node: ts.Identifier): string {
  const name = doorName(program, owner, "own");
  return `${prefixOf(owner, node)}get ${name!}() { return ${authored(node.text)}; }`;
}

function superDoor(program: Facts, owner: ts.ClassLikeDeclaration, node: ts.Node): string {
  return `${prefixOf(owner, node)}${doorName(program, owner, "super")!}($k) { return super[$k]; }`;
}

function prefixOf(owner: ts.ClassLikeDeclaration, node: ts.Node): string {
  let member = node;
  while (member.parent !== owner) member = member.parent;
  return isStatic(member) ? "static " : "";
}

function membersOf(owner: ts.ClassLikeDeclaration, name: string): ts.ClassElement[] {
  return owner.members.filter(
    ({ name: own }) => own !== undefined && ts.isPrivateIdentifier(own) && own.text === name,
  );
}

function isStatic(node: ts.Node): boolean {
  return (
    ts.canHaveModifiers(node) &&
    node.modifiers?.some((each) => each.kind === ts.SyntaxKind.StaticKeyword) === true
  );
}
