/** Functions of a module that are called at one place, and have nothing that binds them to their own. */
import ts from "typescript";
import { isFunctionLike } from "../../../compiler/espruino/nodes.js";
import { isAssigned, isReference } from "../../../compiler/syntax.js";
import { asksForItsOwn } from "./functions.js";

/** A function that may go where it is called. */
export interface Single {
  readonly node: ts.FunctionDeclaration;
  readonly body: ts.Block;
  readonly parameters: readonly string[];
  readonly call: ts.CallExpression;
  /** Its parameters and variables, but for those of functions in it. */
  readonly locals: ReadonlySet<string>;
  /** What it names besides. */
  readonly free: ReadonlySet<string>;
}

/** Those of `file`, which has parents. */
export function singlesOf(file: ts.SourceFile): Single[] {
  const { mentions, declared } = namesOf(file);
  const top = new Set(declaredIn(file, true));
  return file.statements.flatMap((node) => {
    if (!ts.isFunctionDeclaration(node) || node.name === undefined || node.body === undefined) return [];
    const call = onlyCall(mentions.get(node.name.text) ?? []);
    if (call === undefined || declared.get(node.name.text) !== 1 || !isMovable(node, node.body)) return [];
    const locals = new Set(declaredIn(node, true));
    const isHiding = declaredIn(node.body, false).some((name) => locals.has(name) || top.has(name));
    if (isHiding) return [];
    const free = freeIn(node.body, locals);
    // Espruino would give a function in it those of the function that it goes to.
    if (free.has("arguments")) return [];
    const parameters = node.parameters.map((each) => each.name.getText());
    return [{ node, body: node.body, parameters, call, locals, free }];
  });
}

/** Where each name of `file` is mentioned, and how often it is declared. */
function namesOf(file: ts.SourceFile): {
  mentions: Map<string, ts.Identifier[]>;
  declared: Map<string, number>;
} {
  const mentions = new Map<string, ts.Identifier[]>();
  const declared = new Map<string, number>();
  eachIdentifier(file, (id) => {
    if (isDeclared(id)) declared.set(id.text, (declared.get(id.text) ?? 0) + 1);
    else if (isReference(id) || ts.isExportSpecifier(id.parent))
      mentions.set(id.text, [...(mentions.get(id.text) ?? []), id]);
  });
  return { mentions, declared };
}

/** The call that the only one of `mentions` stands in, and is the callee of. */
function onlyCall([only, ...others]: readonly ts.Identifier[]): ts.CallExpression | undefined {
  const call = only?.parent;
  if (call === undefined || others.length > 0 || !ts.isCallExpression(call)) return undefined;
  return call.expression === only && call.questionDotToken === undefined ? call : undefined;
}

/** Whether nothing in `node` means something else at another place. */
function isMovable(node: ts.FunctionDeclaration, body: ts.Block): boolean {
  if (node.asteriskToken !== undefined || node.modifiers !== undefined || asksForItsOwn(node)) return false;
  const isPlain = node.parameters.every(
    (each) => ts.isIdentifier(each.name) && !each.initializer && !each.dotDotDotToken,
  );
  const isBound = (each: ts.Node): boolean => {
    if (ts.isFunctionDeclaration(each) || ts.isClassLike(each) || ts.isLabeledStatement(each)) return true;
    if (ts.isVariableDeclarationList(each) && (each.flags & ts.NodeFlags.BlockScoped) === 0) return true;
    return !isFunctionLike(each) && ts.forEachChild(each, isBound) === true;
  };
  return isPlain && !isBound(body);
}

function freeIn(body: ts.Node, locals: ReadonlySet<string>): Set<string> {
  const free = new Set<string>();
  eachIdentifier(body, (id) => {
    if (!locals.has(id.text) && !isDeclared(id)) free.add(id.text);
  });
  return free;
}

/** Names that `root` declares: with `isOwn` its own, else those of the functions in it. */
export function declaredIn(root: ts.Node, isOwn: boolean): string[] {
  const names: string[] = [];
  const visit = (node: ts.Node, isInner: boolean): void => {
    if (ts.isIdentifier(node) && isDeclared(node) && isInner !== isOwn) names.push(node.text);
    ts.forEachChild(node, (child) => {
      const isName = ts.isFunctionDeclaration(node) && child === node.name;
      visit(child, isInner || (node !== root && isFunctionLike(node) && !isName));
    });
  };
  visit(root, false);
  return names;
}

/** Names in `file` that some code gives another value. */
export function assignedIn(file: ts.SourceFile): Set<string> {
  const names = new Set<string>();
  eachIdentifier(file, (id) => {
    if (isReference(id) && isAssigned(id)) names.add(id.text);
  });
  return names;
}

/** Whether `id` is the name in a declaration. */
export function isDeclared(id: ts.Identifier): boolean {
  const up = id.parent;
  if (ts.isVariableDeclaration(up) || ts.isParameter(up) || ts.isBindingElement(up)) return up.name === id;
  if (ts.isFunctionDeclaration(up) || ts.isFunctionExpression(up) || ts.isClassLike(up))
    return up.name === id;
  return ts.isImportSpecifier(up) || ts.isImportClause(up) || ts.isNamespaceImport(up);
}

function eachIdentifier(root: ts.Node, take: (id: ts.Identifier) => void): void {
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) take(node);
    ts.forEachChild(node, visit);
  };
  visit(root);
}
