/**
 * Scopes of an ES5 program: which declaration each identifier means.
 *
 * The hoisting pass and the lint ask the same questions ("is this name declared before it is used?", "is this the
 * global `Map`?"), so both read this one table.
 */
import ts from "typescript";
import { isFunctionLike } from "./nodes.js";

/** What introduces a name. `lexical` is let, const or class: never produced by the lowering, but linted. */
export type BindingKind = "var" | "function" | "param" | "catch" | "self" | "import" | "lexical";

/** One declared name of one scope. */
export interface Binding {
  readonly name: string;
  readonly scope: Scope;
  readonly kinds: Set<BindingKind>;
  /** The nodes that declare it: variable declarations, function declarations, parameters. */
  readonly declarations: ts.Node[];
  /** Every other mention, in the order of the text. */
  readonly references: ts.Identifier[];
}

/** A region of text with names of its own. */
export interface Scope {
  readonly node: ts.Node;
  readonly parent: Scope | undefined;
  /** `var` belongs to the nearest function scope. */
  readonly isFunction: boolean;
  readonly names: Map<string, Binding>;
}

/** The table. */
export interface Scopes {
  readonly bindings: readonly Binding[];
  /** Mentions of names that the program does not declare: globals. */
  readonly globals: readonly ts.Identifier[];
  bindingOf(id: ts.Identifier): Binding | undefined;
}

/** Sets parents: TypeScript leaves them out when it hands a file to a transformer. */
export function linkParents(node: ts.Node): void {
  ts.forEachChild(node, (child) => {
    (child as { parent: ts.Node }).parent = node;
    linkParents(child);
  });
}

/** Builds the table. The file must have parents ({@link linkParents}). */
export function analyse(file: ts.SourceFile): Scopes {
  const builder = new Builder();
  builder.declare(file, builder.open(file, undefined, true));
  builder.resolve(file);
  const { bindings, globals, resolved } = builder;
  return { bindings, globals, bindingOf: (id) => resolved.get(id) };
}

class Builder {
  readonly bindings: Binding[] = [];
  readonly globals: ts.Identifier[] = [];
  readonly resolved = new Map<ts.Identifier, Binding>();
  readonly #scopes = new Map<ts.Node, Scope>();
  readonly #declaring = new Set<ts.Identifier>();

  open(node: ts.Node, parent: Scope | undefined, isFunction: boolean): Scope {
    const scope: Scope = { node, parent, isFunction, names: new Map() };
    this.#scopes.set(node, scope);
    return scope;
  }

  declare(node: ts.Node, scope: Scope): void {
    ts.forEachChild(node, (child) => {
      this.#declareOne(child, scope);
    });
  }

  #declareOne(node: ts.Node, scope: Scope): void {
    if (isFunctionLike(node)) this.#declareFunction(node, scope);
    else if (ts.isCatchClause(node)) this.#declareCatch(node, scope);
    else this.#declareOther(node, scope);
  }

  #declareOther(node: ts.Node, scope: Scope): void {
    if (ts.isVariableDeclaration(node)) this.#declareVariable(node, scope);
    if (ts.isClassLike(node) && node.name) this.#add(node.name, node, "lexical", scope);
    if (ts.isImportClause(node) && node.name) this.#add(node.name, node, "import", scope);
    if (ts.isImportSpecifier(node) || ts.isNamespaceImport(node)) this.#add(node.name, node, "import", scope);
    const opensScope = ts.isBlock(node) || ts.isCaseBlock(node) || ts.isIterationStatement(node, false);
    this.declare(node, opensScope ? this.open(node, scope, false) : scope);
  }

  #declareFunction(node: ts.FunctionLikeDeclaration, scope: Scope): void {
    if (ts.isFunctionDeclaration(node) && node.name) this.#add(node.name, node, "function", scope);
    const inner = this.open(node, scope, true);
    if (ts.isFunctionExpression(node) && node.name) this.#add(node.name, node, "self", inner);
    for (const param of node.parameters) {
      this.#addPattern(param.name, param, "param", inner);
      if (param.initializer) this.#declareOne(param.initializer, inner);
    }
    // The body shares the scope of the parameters: `var a` beside a parameter `a` is the same name.
    if (node.body && ts.isBlock(node.body)) this.declare(node.body, inner);
    else if (node.body) this.#declareOne(node.body, inner);
  }

  #declareVariable(node: ts.VariableDeclaration, scope: Scope): void {
    if (ts.isCatchClause(node.parent)) return;
    const isVar = (ts.getCombinedNodeFlags(node) & ts.NodeFlags.BlockScoped) === 0;
    const home = isVar ? functionScope(scope) : scope;
    this.#addPattern(node.name, node, isVar ? "var" : "lexical", home);
  }

  #declareCatch(node: ts.CatchClause, scope: Scope): void {
    const inner = this.open(node, scope, false);
    if (node.variableDeclaration) {
      this.#addPattern(node.variableDeclaration.name, node.variableDeclaration, "catch", inner);
    }
    this.declare(node, inner);
  }

  #addPattern(name: ts.BindingName, node: ts.Node, kind: BindingKind, scope: Scope): void {
    if (ts.isIdentifier(name)) {
      this.#add(name, node, kind, scope);
      return;
    }
    for (const element of name.elements) {
      if (ts.isBindingElement(element)) this.#addPattern(element.name, node, kind, scope);
    }
  }

  #add(id: ts.Identifier, node: ts.Node, kind: BindingKind, scope: Scope): void {
    let binding = scope.names.get(id.text);
    if (!binding) {
      binding = { name: id.text, scope, kinds: new Set(), declarations: [], references: [] };
      scope.names.set(id.text, binding);
      this.bindings.push(binding);
    }
    binding.kinds.add(kind);
    binding.declarations.push(node);
    this.#declaring.add(id);
    this.resolved.set(id, binding);
  }

  resolve(node: ts.Node, scope?: Scope): void {
    const here = this.#scopes.get(node) ?? scope;
    ts.forEachChild(node, (child) => {
      if (ts.isIdentifier(child)) this.#resolveOne(child, here);
      else this.resolve(child, here);
    });
  }

  #resolveOne(id: ts.Identifier, scope: Scope | undefined): void {
    if (this.#declaring.has(id) || !isMention(id)) return;
    for (let at = scope; at; at = at.parent) {
      const binding = at.names.get(id.text);
      if (!binding) continue;
      binding.references.push(id);
      this.resolved.set(id, binding);
      return;
    }
    this.globals.push(id);
  }
}

function functionScope(scope: Scope): Scope {
  let at = scope;
  while (!at.isFunction && at.parent) at = at.parent;
  return at;
}

/** False for names that are not variables: property names, keys, labels, the outer name of an export. */
function isMention(id: ts.Identifier): boolean {
  const parent = id.parent;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === id;
  if (ts.isExportSpecifier(parent)) return (parent.propertyName ?? parent.name) === id;
  if (ts.isImportSpecifier(parent)) return false;
  if (ts.isBindingElement(parent)) return parent.propertyName !== id;
  if (ts.isLabeledStatement(parent) || ts.isBreakOrContinueStatement(parent)) return false;
  if (ts.isMetaProperty(parent)) return false;
  if (ts.isPropertyAssignment(parent) || ts.isPropertyDeclaration(parent)) return parent.name !== id;
  return !(ts.isMethodDeclaration(parent) || ts.isAccessor(parent)) || parent.name !== id;
}
