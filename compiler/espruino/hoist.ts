/**
 * Does by hand what JavaScript does by itself: puts declarations above their first use.
 *
 * Only what needs it moves, since text costs time on Espruino: a name whose declaration already comes first on every
 * path stays where the author wrote it (`order.ts` decides). A `var` that must move leaves an assignment behind.
 *
 * A module's busy names move too, the busiest first: Espruino looks for a name from the first one declared on.
 */
import ts from "typescript";
import { isFunctionLike, sequence } from "./nodes.js";
import { earlyUses } from "./order.js";
import { analyse, type Binding, linkParents } from "./scope.js";

interface Plan {
  /** Function declarations that go to the top of their list. */
  readonly functions: Set<ts.Node>;
  /** Variable declarations that become assignments. */
  readonly variables: Set<ts.Node>;
  /** The names to declare at the top, by function or file. */
  readonly names: Map<ts.Node, string[]>;
  /** What some of them begin with, where nothing runs before that could tell: by name, of the file. */
  readonly values: Map<string, ts.Expression>;
  /** Those of them that the module exports where they are declared. */
  readonly exported: Set<string>;
}

/** The transformer; its input must be as parsed, with no other transformer before it. */
export const hoistDeclarations: ts.TransformerFactory<ts.SourceFile> = (context) => (file) => {
  linkParents(file);
  return new Hoister(context, planFor(file)).run(file);
};

function planFor(file: ts.SourceFile): Plan {
  const scopes = analyse(file);
  const plan: Plan = {
    functions: new Set(),
    variables: new Set(),
    names: new Map(),
    values: valuesAtTop(file),
    exported: new Set(),
  };
  const early = earlyUses(scopes, "mention");
  for (const binding of scopes.bindings) {
    const isMixed = binding.kinds.has("param") || binding.kinds.has("function");
    // A `var` beside a parameter or function of its name declares nothing new: only its assignment stays.
    const needsNoLine = isMixed && binding.kinds.has("var");
    const moves = early.has(binding) || needsNoLine || isInnerModuleVar(binding) || isBusy(binding);
    if (!moves) continue;
    for (const node of binding.declarations) {
      if (ts.isFunctionDeclaration(node)) plan.functions.add(node);
      else if (ts.isVariableDeclaration(node)) plan.variables.add(node);
    }
    if (isMixed || !binding.kinds.has("var")) continue;
    const names = plan.names.get(binding.scope.node) ?? [];
    plan.names.set(binding.scope.node, [...names, binding.name]);
  }
  plan.names.set(file, busiestFirst(plan.names.get(file) ?? [], scopes.bindings));
  completeLoopHeads(file, plan);
  noteExports(plan);
  return plan;
}

/** Numbers, truths and null that a `var` of the module begins with, up to the first statement that calls anything. */
function valuesAtTop(file: ts.SourceFile): Map<string, ts.Expression> {
  const values = new Map<string, ts.Expression>();
  const known = new Set<string>();
  for (const statement of file.statements) {
    if (ts.isFunctionDeclaration(statement) || ts.isImportDeclaration(statement)) continue;
    if (!ts.isVariableStatement(statement)) break;
    for (const { name, initializer } of statement.declarationList.declarations) {
      if (!ts.isIdentifier(name) || known.has(name.text)) return values;
      known.add(name.text);
      if (initializer !== undefined && isConstant(initializer)) values.set(name.text, initializer);
      else if (initializer !== undefined && !isInert(initializer)) return values;
    }
  }
  return values;
}

function isConstant(node: ts.Expression): boolean {
  if (ts.isPrefixUnaryExpression(node)) return ts.isNumericLiteral(node.operand);
  return (
    ts.isNumericLiteral(node) ||
    node.kind === ts.SyntaxKind.NullKeyword ||
    node.kind === ts.SyntaxKind.TrueKeyword ||
    node.kind === ts.SyntaxKind.FalseKeyword
  );
}

/** Whether `node` does nothing but give a value. */
function isInert(node: ts.Expression): boolean {
  if (ts.isArrayLiteralExpression(node)) return node.elements.every(isInert);
  return (
    ts.isFunctionExpression(node) || ts.isIdentifier(node) || ts.isStringLiteral(node) || isConstant(node)
  );
}

/** Mentions of a module's `var` from which on its place matters. */
const BUSY = 2;

/** A module's `var` that is mentioned often, changes, and is declared in a statement of its own. */
function isBusy({ kinds, scope, declarations, references }: Binding): boolean {
  if (!kinds.has("var") || kinds.size > 1 || !ts.isSourceFile(scope.node) || references.length < BUSY)
    return false;
  if (!references.some(isAssigned)) return false;
  return declarations.every((node) => {
    const statement = node.parent.parent;
    return ts.isVariableStatement(statement) && statement.parent === scope.node && !isExported(statement);
  });
}

function isAssigned(id: ts.Identifier): boolean {
  const up = id.parent;
  if (ts.isPrefixUnaryExpression(up) || ts.isPostfixUnaryExpression(up)) {
    return up.operator === ts.SyntaxKind.PlusPlusToken || up.operator === ts.SyntaxKind.MinusMinusToken;
  }
  if (!ts.isBinaryExpression(up) || up.left !== id) return false;
  const operator = up.operatorToken.kind;
  return operator >= ts.SyntaxKind.FirstAssignment && operator <= ts.SyntaxKind.LastAssignment;
}

function busiestFirst(names: readonly string[], bindings: readonly Binding[]): string[] {
  const counts = new Map<string, number>();
  for (const { name, scope, references } of bindings) {
    if (ts.isSourceFile(scope.node)) counts.set(name, references.length);
  }
  return [...names].sort((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0));
}

/**
 * A module's `var` that stands in a loop head or block. esbuild, when it bundles, turns it into an assignment and puts
 * the `var` line *after* that statement, as hoisting allows.
 */
function isInnerModuleVar({ kinds, scope, declarations }: Binding): boolean {
  if (!kinds.has("var") || !ts.isSourceFile(scope.node)) return false;
  return declarations.some((node) => {
    const statement = node.parent.parent;
    return !ts.isVariableStatement(statement) || statement.parent !== scope.node;
  });
}

/** `for (var a = 0, b = 1;;)` moves as a whole: its head holds either declarations or expressions. */
function completeLoopHeads(file: ts.SourceFile, plan: Plan): void {
  for (const node of [...plan.variables]) {
    const list = node.parent as ts.VariableDeclarationList;
    if (ts.isVariableStatement(list.parent)) continue;
    for (const sibling of list.declarations) {
      if (plan.variables.has(sibling) || !ts.isIdentifier(sibling.name)) continue;
      plan.variables.add(sibling);
      const home = ts.findAncestor(sibling, isFunctionLike) ?? file;
      const names = plan.names.get(home) ?? [];
      if (!names.includes(sibling.name.text)) plan.names.set(home, [...names, sibling.name.text]);
    }
  }
}

function noteExports(plan: Plan): void {
  for (const node of plan.variables) {
    const statement = node.parent.parent;
    if (!ts.isVariableStatement(statement) || !isExported(statement)) continue;
    plan.exported.add((node as ts.VariableDeclaration).name.getText());
  }
}

function isExported(statement: ts.VariableStatement): boolean {
  return statement.modifiers?.some((m) => m.kind === ts.SyntaxKind.ExportKeyword) ?? false;
}

class Hoister {
  readonly #context: ts.TransformationContext;
  readonly #f: ts.NodeFactory;
  readonly #plan: Plan;

  constructor(context: ts.TransformationContext, plan: Plan) {
    this.#context = context;
    this.#f = context.factory;
    this.#plan = plan;
  }

  run(file: ts.SourceFile): ts.SourceFile {
    return this.#f.updateSourceFile(file, this.#list(file.statements, file));
  }

  #visit(node: ts.Node): ts.VisitResult<ts.Node> {
    const f = this.#f;
    if (ts.isBlock(node)) {
      const owner = isFunctionLike(node.parent) ? node.parent : undefined;
      return f.updateBlock(node, this.#list(node.statements, owner));
    }
    if (ts.isCaseClause(node)) {
      const test = this.#child(node.expression) as ts.Expression;
      return f.updateCaseClause(node, test, this.#list(node.statements, undefined));
    }
    if (ts.isDefaultClause(node)) return f.updateDefaultClause(node, this.#list(node.statements, undefined));
    if (ts.isVariableStatement(node)) return this.#variables(node);
    if (ts.isVariableDeclarationList(node)) return this.#loopHead(node);
    return ts.visitEachChild(node, (child) => this.#visit(child), this.#context);
  }

  #child(node: ts.Node): ts.Node {
    return this.#visit(node) as ts.Node;
  }

  /** A statement list: prologue and imports, `var` lines, moved functions, the rest. */
  #list(statements: ts.NodeArray<ts.Statement>, owner: ts.Node | undefined): ts.Statement[] {
    const head: ts.Statement[] = [];
    const functions: ts.Statement[] = [];
    const rest: ts.Statement[] = [];
    for (const statement of statements) {
      const visited = this.#visit(statement) as ts.Statement | ts.Statement[];
      const isHead = rest.length === 0 && (ts.isImportDeclaration(statement) || isDirective(statement));
      const part = this.#plan.functions.has(statement) ? functions : isHead ? head : rest;
      part.push(...(Array.isArray(visited) ? visited : [visited]));
    }
    return [...head, ...this.#declare(owner), ...functions, ...rest];
  }

  #declare(owner: ts.Node | undefined): ts.Statement[] {
    const f = this.#f;
    const names = owner ? (this.#plan.names.get(owner) ?? []) : [];
    // Only the module itself exports, so a local of the same name is not meant.
    const exported = names.filter((n) => owner && ts.isSourceFile(owner) && this.#plan.exported.has(n));
    const own = names.filter((n) => !exported.includes(n));
    const line = (list: string[], modifiers?: ts.Modifier[]): ts.Statement =>
      f.createVariableStatement(
        modifiers,
        list.map((name) =>
          f.createVariableDeclaration(name, undefined, undefined, isTop ? values.get(name) : undefined),
        ),
      );
    const isTop = owner !== undefined && ts.isSourceFile(owner);
    const { values } = this.#plan;
    const lines = own.length > 0 ? [line(own)] : [];
    if (exported.length > 0) lines.push(line(exported, [f.createModifier(ts.SyntaxKind.ExportKeyword)]));
    return lines;
  }

  #variables(node: ts.VariableStatement): ts.VisitResult<ts.Node> {
    const f = this.#f;
    const list = node.declarationList.declarations;
    if (!list.some((d) => this.#plan.variables.has(d))) {
      return ts.visitEachChild(node, (child) => this.#visit(child), this.#context);
    }
    const out: ts.Statement[] = [];
    for (const declaration of list) {
      const visited = ts.visitEachChild(declaration, (child) => this.#visit(child), this.#context);
      if (!this.#plan.variables.has(declaration)) {
        const keep = f.createVariableDeclarationList([visited], node.declarationList.flags);
        out.push(ts.setTextRange(f.createVariableStatement(node.modifiers, keep), declaration));
      } else if (visited.initializer && !this.#beginsAtTop(declaration)) {
        out.push(ts.setTextRange(f.createExpressionStatement(this.#assignment(visited)), declaration));
      }
    }
    const [only] = out;
    return out.length === 1 && only ? only : out.length === 0 ? f.createEmptyStatement() : out;
  }

  #beginsAtTop({ name, initializer, parent }: ts.VariableDeclaration): boolean {
    const value = ts.isIdentifier(name) ? this.#plan.values.get(name.text) : undefined;
    return value === initializer && ts.isSourceFile(parent.parent.parent);
  }

  #loopHead(node: ts.VariableDeclarationList): ts.Node {
    const visited = ts.visitEachChild(node, (child) => this.#visit(child), this.#context);
    const first = node.declarations[0];
    if (!first || !this.#plan.variables.has(first)) return visited;
    if (!ts.isForStatement(node.parent)) return visited.declarations[0]?.name ?? visited;
    const set = visited.declarations.filter((d) => d.initializer).map((d) => this.#assignment(d));
    return set.length > 0 ? sequence(this.#f, set) : this.#f.createNumericLiteral(0);
  }

  #assignment(declaration: ts.VariableDeclaration): ts.Expression {
    const value = declaration.initializer ?? this.#f.createVoidZero();
    return ts.setTextRange(this.#f.createAssignment(declaration.name as ts.Identifier, value), declaration);
  }
}

function isDirective(statement: ts.Statement): boolean {
  return ts.isExpressionStatement(statement) && ts.isStringLiteral(statement.expression);
}
