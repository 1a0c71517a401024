/**
 * Reads of a `let`, `const` or class before its declaration has run, which throw:
 *
 *   use(x); const x = 1                     certain    it throws whenever it is reached
 *   const f = () => x; f(); const x = 1     possible   who runs `f` decides: the variable starts as UNSET, and is looked at
 *   case 0: let x = 1; case 1: use(x)       possible   so does the clause that was entered
 *   const x = 1; const f = () => x          never      nothing is paid
 *   function f() { x } const x = 1; f()     never      `f` is first used after the declaration
 */
import ts from "typescript";
import type { Facts } from "../program/program.js";
import { bodyOf } from "../find/targets.js";
import { isFunction, isReference, isWithin } from "../syntax.js";

export type Early = "never" | "possible" | "certain";

/** Whether the reference `id` can be reached before what it means is declared. */
export function earlyAt(program: Facts, id: ts.Identifier): Early {
  const declaration = program.symbolOf(id)?.valueDeclaration;
  const root = declaration && rootOf(declaration);
  if (root === undefined || !isWithin(id, root) || isWithin(id, classOf(declaration!))) return "never";
  const closure = outermostClosure(id, root);
  const clause = clauseOf(declaration!);
  if (closure === undefined) {
    if (id.pos < endOf(declaration!, id)) return "certain";
    return clause === undefined || isWithin(id, clause) ? "never" : "possible";
  }
  if (clause !== undefined && (ts.isFunctionDeclaration(closure) || !isWithin(closure, clause)))
    return "possible";
  return firstRun(program, closure, root, new Set()) < declaration!.end ? "possible" : "never";
}

/** Whether what `name` declares must be looked at where it is read. */
export function isWatched(program: Facts, name: ts.Identifier): boolean {
  const symbol = program.symbolOf(name);
  const root = symbol?.valueDeclaration && rootOf(symbol.valueDeclaration);
  if (root === undefined) return false;
  return usesIn(program, root, symbol!).some((id) => earlyAt(program, id) === "possible");
}

/** The function whose run declares `declaration` when it gets there; undefined for what is there from the start. */
function rootOf(declaration: ts.Declaration): ts.Node | undefined {
  const isBlockScoped =
    ts.isClassDeclaration(declaration) ||
    ((ts.isVariableDeclaration(declaration) || ts.isBindingElement(declaration)) &&
      (ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.BlockScoped) !== 0);
  if (!isBlockScoped) return undefined;
  let up: ts.Node = declaration.parent;
  while (!isFunction(up)) {
    // What `catch` binds is there from the start.
    if (
      ts.isSourceFile(up) ||
      (ts.isCatchClause(up) && isWithin(declaration, up.variableDeclaration ?? up.block))
    )
      return undefined;
    up = up.parent;
  }
  return up;
}

/** Inside of a class its name is the class itself. */
function classOf(declaration: ts.Declaration): ts.Node {
  return ts.isClassDeclaration(declaration) ? declaration : (declaration as ts.NamedDeclaration).name!;
}

/** Up to where `declaration` is not declared, as seen from `id`: the list that a loop goes over comes first. */
function endOf(declaration: ts.Declaration, id: ts.Identifier): number {
  const loop = declaration.parent.parent;
  const isHead = ts.isForOfStatement(loop) || ts.isForInStatement(loop);
  return isHead && isWithin(id, loop.expression) ? Infinity : declaration.end;
}

/** The clause of a switch that `declaration` stands in directly. */
function clauseOf(declaration: ts.Declaration): ts.CaseOrDefaultClause | undefined {
  let up: ts.Node = declaration;
  while (!ts.isStatement(up) && !ts.isSourceFile(up)) up = up.parent;
  return ts.isCaseOrDefaultClause(up.parent) ? up.parent : undefined;
}

/** The outermost function or class in `root` that `node` lies in. */
function outermostClosure(node: ts.Node, root: ts.Node): ts.Node | undefined {
  let found: ts.Node | undefined;
  for (let up = node.parent; up !== root; up = up.parent)
    if (isFunction(up) || ts.isClassLike(up)) found = up;
  return found;
}

/** Where in the code of `root` itself `closure` can run first; `asked` are those whose answer is waited for. */
function firstRun(program: Facts, closure: ts.Node, root: ts.Node, asked: Set<ts.Node>): number {
  const name = nameOf(program, closure);
  const symbol = name && program.symbolOf(name);
  if (symbol === undefined) return closure.pos;
  if (asked.has(closure)) return Infinity;
  asked.add(closure);
  const uses = usesIn(program, root, symbol).filter((id) => !isWithin(id, closure));
  const runs = uses.map((id) => {
    const other = outermostClosure(id, root);
    return other === undefined ? id.pos : firstRun(program, other, root, asked);
  });
  asked.delete(closure);
  return Math.min(...runs);
}

/** What `closure` can only be run by; undefined where it may run as it is made. */
function nameOf(program: Facts, closure: ts.Node): ts.Node | undefined {
  if (ts.isFunctionDeclaration(closure)) return closure.name;
  if (ts.isClassDeclaration(closure)) return closure.members.some(runsAtOnce) ? undefined : closure.name;
  if (!ts.isArrowFunction(closure) && !ts.isFunctionExpression(closure)) return undefined;
  let up: ts.Node = closure.parent;
  while (ts.isExpression(up)) up = up.parent;
  if (!ts.isVariableDeclaration(up) || up.initializer === undefined) return undefined;
  return bodyOf(program, up.initializer) === closure && ts.isIdentifier(up.name) ? up.name : undefined;
}

function runsAtOnce(member: ts.ClassElement): boolean {
  if (ts.isClassStaticBlockDeclaration(member)) return true;
  if (member.name !== undefined && ts.isComputedPropertyName(member.name)) return true;
  return (
    ts.isPropertyDeclaration(member) && (ts.getCombinedModifierFlags(member) & ts.ModifierFlags.Static) !== 0
  );
}

const known = new WeakMap<ts.Node, Map<string, ts.Identifier[]>>();

/** The references to `symbol` in `root`. */
function usesIn(program: Facts, root: ts.Node, symbol: ts.Symbol): ts.Identifier[] {
  let byName = known.get(root);
  if (byName === undefined) {
    const all = (byName = new Map<string, ts.Identifier[]>());
    const visit = (node: ts.Node): void => {
      if (ts.isIdentifier(node) && isReference(node)) {
        const uses = all.get(node.text);
        if (uses === undefined) all.set(node.text, [node]);
        else uses.push(node);
      }
      ts.forEachChild(node, visit);
    };
    visit(root);
    known.set(root, byName);
  }
  return (byName.get(symbol.name) ?? []).filter((id) => program.symbolOf(id) === symbol);
}
