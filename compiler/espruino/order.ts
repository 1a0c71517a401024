/**
 * Finds names that run before their declaration.
 *
 * Espruino hoists nothing: a function exists from its line on, and a `var` before its line is the outer variable of
 * that name. JavaScript allows both, so this module answers for each name: does a declaration come first on every path?
 *
 * A declaration in a statement list comes first for whatever stands later in that list, however deeply nested: a list
 * can only be entered at its top. (The clauses of a `switch` are separate lists.) A mention inside a function
 * declaration counts where that function is first used, not where it is written.
 */
import ts from "typescript";
import { isFunctionLike } from "./nodes.js";
import type { Binding, Scopes } from "./scope.js";

/**
 * How a function counts as used: where it is mentioned (safe: it may be called through the mention), or only where it
 * is certainly called (no false alarm: for the lint).
 */
export type Reach = "mention" | "call";

type List = ts.Node & { readonly statements: ts.NodeArray<ts.Statement> };

/** For each name, the mentions that no declaration comes before. Names without one are absent. */
export function earlyUses(scopes: Scopes, reach: Reach): Map<Binding, ts.Identifier[]> {
  const order = new Order(scopes, reach);
  const found = new Map<Binding, ts.Identifier[]>();
  for (const binding of scopes.bindings) {
    if (!binding.kinds.has("var") && !binding.kinds.has("function")) continue;
    if (binding.kinds.has("param") || binding.kinds.has("self")) continue;
    const early = binding.references.filter((id) => !order.isDeclaredBefore(binding, id));
    if (early.length > 0) found.set(binding, early);
  }
  return found;
}

/** The list that holds a declaration and its place there; none for `if (a) var b`. */
export function placeOf(declaration: ts.Node): { list: List; index: number } | undefined {
  let statement: ts.Node = declaration;
  if (ts.isVariableDeclaration(declaration)) statement = declaration.parent.parent;
  return isList(statement.parent)
    ? { list: statement.parent, index: indexIn(statement.parent, statement) }
    : undefined;
}

class Order {
  readonly #scopes: Scopes;
  readonly #reach: Reach;
  readonly #firstUse = new Map<ts.Node, Map<ts.Node, number>>();

  constructor(scopes: Scopes, reach: Reach) {
    this.#scopes = scopes;
    this.#reach = reach;
  }

  isDeclaredBefore(binding: Binding, id: ts.Identifier): boolean {
    if (ts.isExportSpecifier(id.parent)) return true;
    if (this.#reach === "call" && this.#isDeferred(id, binding.scope.node)) return true;
    return binding.declarations.some((declaration) => this.#comesFirst(declaration, id));
  }

  #comesFirst(declaration: ts.Node, id: ts.Identifier): boolean {
    if (isInOwnStatement(declaration, id)) return true;
    const place = placeOf(declaration);
    if (!place) return false;
    const { list, index } = place;
    const at = childIndex(list, id);
    if (at === undefined) return false;
    const statement = list.statements[at];
    if (statement && ts.isFunctionDeclaration(statement)) {
      if (this.#reach === "call" && this.#isDeferred(id, statement)) return true;
      return (this.#firstUses(list).get(statement) ?? Infinity) > index;
    }
    return at > index || (at === index && id.pos > declaration.pos);
  }

  /** Where each function declared in a list is first used by a statement that runs, directly or through another. */
  #firstUses(list: List): Map<ts.Node, number> {
    const known = this.#firstUse.get(list);
    if (known) return known;
    const uses = new Map<ts.Node, number>();
    this.#firstUse.set(list, uses);
    const mentions = this.#functionsUsedBy(list);
    list.statements.forEach((statement, index) => {
      if (ts.isFunctionDeclaration(statement)) return;
      const pending = [...(mentions.get(statement) ?? [])];
      for (let next = pending.pop(); next; next = pending.pop()) {
        if (uses.has(next)) continue;
        uses.set(next, index);
        pending.push(...(mentions.get(next) ?? []));
      }
    });
    return uses;
  }

  /** For each statement of a list, the functions declared in that list which it uses. */
  #functionsUsedBy(list: List): Map<ts.Node, Set<ts.Node>> {
    const used = new Map<ts.Node, Set<ts.Node>>();
    for (const statement of list.statements) {
      if (!ts.isFunctionDeclaration(statement) || !statement.name) continue;
      for (const id of this.#scopes.bindingOf(statement.name)?.references ?? []) {
        const user = list.statements[childIndex(list, id) ?? -1];
        if (!user || ts.isExportSpecifier(id.parent)) continue;
        if (this.#reach === "call" && (!isCallee(id) || this.#isDeferred(id, user))) continue;
        used.set(user, (used.get(user) ?? new Set()).add(statement));
      }
    }
    return used;
  }

  /** True when a function that only may run later stands between the mention and `root`. */
  #isDeferred(id: ts.Identifier, root: ts.Node): boolean {
    for (let at: ts.Node = id.parent; at !== root && !ts.isSourceFile(at); at = at.parent) {
      if (!isFunctionLike(at) || isCalledInPlace(at)) continue;
      // A function declared in a list is judged by where that list first uses it.
      if (ts.isFunctionDeclaration(at) && isList(at.parent)) {
        if (this.#firstUses(at.parent).has(at)) continue;
      }
      return true;
    }
    return false;
  }
}

/** `for (var a = 0; ...) ...` or `var a = 0, ...` holds the mention: `a` runs first, wherever the statement stands. */
function isInOwnStatement(declaration: ts.Node, id: ts.Identifier): boolean {
  if (!ts.isVariableDeclaration(declaration) || id.pos < declaration.pos) return false;
  const statement = declaration.parent.parent;
  if (!ts.isIterationStatement(statement, false) && !ts.isVariableStatement(statement)) return false;
  return id.end <= statement.end;
}

function isCallee(id: ts.Identifier): boolean {
  const parent = id.parent;
  return (ts.isCallExpression(parent) || ts.isNewExpression(parent)) && parent.expression === id;
}

function isCalledInPlace(node: ts.Node): boolean {
  let at = node;
  while (ts.isParenthesizedExpression(at.parent)) at = at.parent;
  return ts.isCallExpression(at.parent) && at.parent.expression === at;
}

function isList(node: ts.Node | undefined): node is List {
  return node !== undefined && (ts.isSourceFile(node) || ts.isBlock(node) || ts.isCaseOrDefaultClause(node));
}

function indexIn(list: List, statement: ts.Node): number {
  return list.statements.indexOf(statement as ts.Statement);
}

/** The place in a list of the statement that holds `node`. */
function childIndex(list: List, node: ts.Node): number | undefined {
  let at = node;
  while (at.parent !== list) {
    if (ts.isSourceFile(at)) return undefined;
    at = at.parent;
  }
  const index = indexIn(list, at);
  return index < 0 ? undefined : index;
}
