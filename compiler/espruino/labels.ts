/**
 * Removes labels: `break outer` and `continue outer` become a flag and a plain `break` at each level.
 *
 *     outer: for (a) for (b) if (c) continue outer;
 *
 *     var to = 0; for (a) { for (b) if (c) { to = 2; break; } if (to) { to = 0; continue; } }
 *
 * A jump that a plain `break` or `continue` would make anyway needs no flag. Another statement with a label becomes a
 * loop of one round; what jumps out of it to a loop around, without a label, passes it as labelled jumps do:
 *
 *     a: { if (b) break a; c(); }
 *
 *     for (;;) { if (b) break; c(); break; }
 */
import ts from "typescript";
import { isFunctionLike } from "./nodes.js";

type Jump = "break" | "continue";

/** One loop, switch or labelled statement around the current node. */
interface Breakable {
  readonly labels: readonly string[];
  readonly kind: "loop" | "switch" | "block";
  flag?: ts.Identifier;
  /** Labelled jumps inside that leave this statement for an outer one. */
  readonly leaving: Map<Breakable, Set<Jump>>;
}

const CODE = { break: 1, continue: 2 } as const;

/** The transformer. */
export const removeLabels: ts.TransformerFactory<ts.SourceFile> = (context) => (file) =>
  new LabelRemover(context).run(file);

class LabelRemover {
  readonly #context: ts.TransformationContext;
  readonly #f: ts.NodeFactory;
  #around: Breakable[] = [];

  constructor(context: ts.TransformationContext) {
    this.#context = context;
    this.#f = context.factory;
  }

  run(file: ts.SourceFile): ts.SourceFile {
    return this.#children(file);
  }

  #children<T extends ts.Node>(node: T): T {
    return ts.visitEachChild(node, (child) => this.#visit(child), this.#context);
  }

  #visit(node: ts.Node): ts.VisitResult<ts.Node> {
    if (isFunctionLike(node)) return this.#function(node);
    if (ts.isLabeledStatement(node)) return this.#labelled(node);
    if (isBreakable(node)) return this.#breakable(node, []);
    if (ts.isBreakOrContinueStatement(node)) return this.#jump(node);
    return this.#children(node);
  }

  #function(node: ts.Node): ts.Node {
    const outer = this.#around;
    this.#around = [];
    const result = this.#children(node);
    this.#around = outer;
    return result;
  }

  #labelled(node: ts.LabeledStatement): ts.VisitResult<ts.Node> {
    const labels: string[] = [];
    let at: ts.Statement = node;
    for (; ts.isLabeledStatement(at); at = at.statement) labels.push(at.label.text);
    return isBreakable(at) || labels.some((label) => isLeft(at, label))
      ? this.#breakable(at, labels)
      : this.#visit(at);
  }

  #breakable(node: ts.Statement, labels: readonly string[]): ts.VisitResult<ts.Node> {
    const self: Breakable = { labels, kind: kindOf(node), leaving: new Map() };
    this.#around.push(self);
    const inside = this.#children(node);
    this.#around.pop();
    const body = self.kind === "block" ? this.#once(inside) : inside;
    const result: ts.Statement[] = [body];
    for (const [target, jumps] of self.leaving) result.push(...this.#passOn(target, jumps));
    if (self.flag) result.unshift(this.#declareFlag(self.flag));
    return result.length === 1 ? body : result;
  }

  #once(node: ts.Statement): ts.Statement {
    const f = this.#f;
    const statements = ts.isBlock(node) ? node.statements : [node];
    const body = f.createBlock([...statements, f.createBreakStatement()]);
    return f.createForStatement(undefined, undefined, undefined, body);
  }

  #jump(node: ts.BreakOrContinueStatement): ts.Node {
    const f = this.#f;
    const kind: Jump = ts.isBreakStatement(node) ? "break" : "continue";
    const target = this.#targetOf(kind, node.label?.text);
    if (!target) return node;
    const inside = this.#around.slice(this.#around.indexOf(target) + 1);
    const captures = kind === "break" ? inside : inside.filter((b) => b.kind !== "switch");
    if (captures.length === 0)
      return kind === "break" ? f.createBreakStatement() : f.createContinueStatement();
    target.flag ??= f.createUniqueName("to");
    for (const level of inside) level.leaving.set(target, (level.leaving.get(target) ?? new Set()).add(kind));
    return f.createBlock([this.#setFlag(target.flag, CODE[kind]), f.createBreakStatement()]);
  }

  #targetOf(kind: Jump, label: string | undefined): Breakable | undefined {
    if (label !== undefined) return this.#around.find((each) => each.labels.includes(label));
    const isMeant = (each: Breakable): boolean =>
      kind === "break" ? each.kind !== "block" : each.kind === "loop";
    return [...this.#around].reverse().find(isMeant);
  }

  /** What stands after a statement that a labelled jump has left with `break`. */
  #passOn(target: Breakable, jumps: ReadonlySet<Jump>): ts.Statement[] {
    const f = this.#f;
    const flag = target.flag as ts.Identifier;
    const isThere = this.#around[this.#around.length - 1] === target;
    if (!isThere || !jumps.has("continue")) return [f.createIfStatement(flag, f.createBreakStatement())];
    const isContinue = jumps.has("break")
      ? f.createStrictEquality(flag, f.createNumericLiteral(CODE.continue))
      : flag;
    const resume = f.createBlock([this.#setFlag(flag, 0), f.createContinueStatement()]);
    const checks: ts.Statement[] = [f.createIfStatement(isContinue, resume)];
    if (jumps.has("break")) checks.push(f.createIfStatement(flag, f.createBreakStatement()));
    return checks;
  }

  #setFlag(flag: ts.Identifier, value: number): ts.Statement {
    const f = this.#f;
    return f.createExpressionStatement(f.createAssignment(flag, f.createNumericLiteral(value)));
  }

  #declareFlag(flag: ts.Identifier): ts.Statement {
    const f = this.#f;
    const zero = f.createVariableDeclaration(flag, undefined, undefined, f.createNumericLiteral(0));
    return f.createVariableStatement(undefined, [zero]);
  }
}

function isBreakable(node: ts.Node): node is ts.Statement {
  return ts.isIterationStatement(node, false) || ts.isSwitchStatement(node);
}

function kindOf(node: ts.Statement): Breakable["kind"] {
  if (ts.isSwitchStatement(node)) return "switch";
  return ts.isIterationStatement(node, false) ? "loop" : "block";
}

/** Whether a `break` in `node` is for its `label`. */
function isLeft(node: ts.Node, label: string): boolean {
  if (ts.isBreakStatement(node)) return node.label?.text === label;
  return !isFunctionLike(node) && ts.forEachChild(node, (child) => isLeft(child, label)) === true;
}
