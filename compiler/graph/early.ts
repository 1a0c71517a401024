/**
 * Reads of a `let`, `const` or class before its declaration has run, which throw:
 *
 *   use(x); const x = 1                     certain    it throws whenever it is reached
 *   const f = () => x; f(); const x = 1     possible   who runs `f` decides: the variable starts as UNSET, and is looked at
 *   case 0: let x = 1; case 1: use(x)       possible   so does the clause that was entered
 *   (a = b, b = 1) => a                     certain    a default of a parameter further left
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
  // Parameters come from the caller: there is nothing to look at.
  if (isOfParameter(declaration!))
    return closure === undefined && isBefore(id.pos, declaration!) ? "certain" : "never";
  const clause = clauseOf(declaration!);
  if (closure === undefined) {
    if (isBefore(id.pos, declaration!)) return "certain";
    return clause === undefined || isWithin(id, clause) ? "never" : "possible";
  }
  if (clause !== undefined && (ts.isFunctionDeclaration(closure) || !isWithin(closure, clause)))
    return "possible";
  return mayRunBefore(program, closure, root, declaration!, new Set()) ? "possible" : "never";
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
    isOfParameter(declaration) ||
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

function isOfParameter(declaration: ts.Declaration): boolean {
  return ts.isParameter(wholeOf(declaration));
}

/** The declaration that `declaration` is a part of: a variable, a parameter. */
function wholeOf(declaration: ts.Declaration): ts.Node {
  let whole: ts.Node = declaration;
  while (ts.isBindingElement(whole)) whole = whole.parent.parent;
  return whole;
}

/** Inside of a class its name is the class itself. */
function classOf(declaration: ts.Declaration): ts.Node {
  return ts.isClassDeclaration(declaration) ? declaration : (declaration as ts.NamedDeclaration).name!;
}

/** Whether what stands at `pos` runs before `declaration`: what a pattern takes apart, and a loop goes over, comes first. */
function isBefore(pos: number, declaration: ts.Declaration): boolean {
  const whole = wholeOf(declaration);
  const loop = whole.parent.parent;
  const isHead = ts.isForOfStatement(loop) || ts.isForInStatement(loop);
  const value = isHead ? loop.expression : ts.isVariableDeclaration(whole) ? whole.initializer : undefined;
  return pos < declaration.end || (value !== undefined && pos >= value.pos && pos < value.end);
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

/** Whether `closure` can run before `declaration`, in the code of `root` itself; `asked` are those whose answer is waited for. */
function mayRunBefore(
  program: Facts,
  closure: ts.Node,
  root: ts.Node,
  declaration: ts.Declaration,
  asked: Set<ts.Node>,
): boolean {
  const name = nameOf(program, closure);
  const symbol = name && program.symbolOf(name);
  if (symbol === undefined) return isBefore(closure.pos, declaration);
  if (asked.has(closure)) return false;
  asked.add(closure);
  const uses = usesIn(program, root, symbol).filter((id) => !isWithin(id, closure));
  const isEarly = uses.some((id) => {
    const other = outermostClosure(id, root);
    return other === undefined
      ? isBefore(id.pos, declaration)
      : mayRunBefore(program, other, root, declaration, asked);
  });
  asked.delete(closure);
  return isEarly;
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
