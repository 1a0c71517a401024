/**
 * Long loops let others run now and then: as `await yieldNow()` would, after so many rounds.
 *
 *   while (test) body            rounds = 256 when the function begins
 *
 *        +-> head                while (--rounds > 0 && (test)) body        copied, at the engine's own speed
 *        |    |  \--rounds > 0--> exit
 *        +-- pause               rounds = 256, and a turn for others
 *
 * Where the body has an await, or jumps to what surrounds the loop, it consists of blocks anyway: then the check stands
 * before the next round, unless each way through the body waits.
 */
import ts from "typescript";
import type { Builder } from "./builder.js";
import { namesIn } from "./declarations.js";
import type { AsyncFunction } from "../find/find-tasks.js";
import { makeBlock, successors, type Block, type Slot } from "./ir.js";
import type { LongLoop } from "./long-loops.js";
import { setMark } from "./marks.js";
import { isFunction, isVar } from "../syntax.js";

/**
 * Rounds of a loop before others have a turn. The same on every engine, since traces are: on V8 they take a microsecond,
 * on a board with Espruino some ten milliseconds.
 */
const ROUNDS = 256;

/** The line that begins to count. */
export function startRounds(rounds: string): string {
  return `${rounds} = ${ROUNDS};`;
}

/** Whether `node` is or contains a long loop of `fn`, which may wait. */
export function hasLongLoop(fn: AsyncFunction, node: ts.Node): boolean {
  if (fn.longLoops.size === 0 || isFunction(node)) return false;
  if (fn.longLoops.has(node)) return true;
  return ts.forEachChild(node, (child) => hasLongLoop(fn, child) || undefined) === true;
}

/** A long loop that can be copied but for its head. */
export function longLoop(b: Builder, node: LongLoop, labels: readonly string[]): void {
  const rounds = b.rounds();
  const [head, pause, exit] = [makeBlock(), makeBlock(), makeBlock()];
  const { list, keep } = ts.isForStatement(node) ? openHead(b, node) : { list: "", keep: "" };
  b.goto(head);
  b.at(head);
  const text = loopText(b, node, `--${rounds} > 0`, list, keep);
  b.line(b.mark(node) + labels.map((label) => `${label}: `).join("") + text);
  b.branch(`${rounds} > 0`, exit, pause);
  b.at(pause);
  takePause(b, node);
  b.goto(head);
  b.at(exit);
}

/** The variables in the head of a `for`: how each pass declares them, and how they are kept over a pause. */
function openHead(b: Builder, node: ts.ForStatement): { list: string; keep: string } {
  const { initializer } = node;
  if (initializer === undefined) return { list: "", keep: "" };
  const isList = ts.isVariableDeclarationList(initializer);
  if (!isList || isVar(initializer)) {
    b.line(`${b.copier.text(initializer)};`);
    return { list: "", keep: "" };
  }
  const kept: { name: string; slot: Slot }[] = [];
  for (const each of initializer.declarations) {
    namesIn(each.name, (name) => kept.push({ name: b.copier.text(name), slot: b.temporary(name) }));
  }
  const first = kept.map(({ name, slot }) => `${setMark(slot)} = ${name};`);
  b.line(`{ ${b.copier.text(initializer)}; ${first.join(" ")} }`);
  const word = (initializer.flags & ts.NodeFlags.Const) === 0 ? "let" : "const";
  const list = `${word} ${kept.map(({ name, slot }) => `${name} = ${b.copier.reference(slot)}`).join(", ")}`;
  const keep = kept.map(({ name, slot }) => `${b.copier.reference(slot)} = ${name}`);
  return { list, keep: `(${keep.join(", ")}, false)` };
}

function loopText(b: Builder, node: LongLoop, check: string, list: string, keep: string): string {
  const body = b.copier.statement(node.statement);
  if (ts.isDoStatement(node)) return `do ${body} while ((${b.copier.text(node.expression)}) && ${check});`;
  const condition = ts.isForStatement(node) ? node.condition : node.expression;
  const isEndless = condition === undefined || condition.kind === ts.SyntaxKind.TrueKeyword;
  const test = isEndless ? "" : b.copier.text(condition);
  const whole = isEndless ? check : `${check} && (${test})`;
  const kept = keep === "" ? whole : `${check} ? ${isEndless ? "true" : test} : ${keep}`;
  const step = ts.isForStatement(node) && node.incrementor ? ` ${b.copier.text(node.incrementor)}` : "";
  return `for (${list}; ${kept};${step}) ${body}`;
}

/** Between two rounds of a loop of blocks, the next of which starts at `from`. */
export function betweenRounds(b: Builder, node: LongLoop, from: Block, again: Block): void {
  if (!b.fn.longLoops.has(node) || !leadsTo(from, again)) return;
  const [pause, on] = [makeBlock(), makeBlock()];
  b.branch(`--${b.rounds()} > 0`, on, pause);
  b.at(pause);
  takePause(b, node);
  b.goto(on);
  b.at(on);
}

/** Whether control can get from `from` to `to` without a suspension. */
function leadsTo(from: Block, to: Block): boolean {
  const blocks = [from];
  for (const block of blocks) {
    if (block === to) return true;
    const isOpen = block.end.kind === "goto" || block.end.kind === "if";
    if (isOpen) blocks.push(...successors(block).filter((each) => !blocks.includes(each)));
  }
  return false;
}

/** Starts to count anew, and lets others run. */
function takePause(b: Builder, node: LongLoop): void {
  b.line(startRounds(b.rounds()));
  const words = "a turn for others in ";
  b.suspend((next) => ({ kind: "leaf", start: "", suspends: "pauses", next }), headOf(node), words);
}

/** What people know the loop by. */
function headOf(node: LongLoop): ts.Node {
  if (ts.isForStatement(node)) return node.condition ?? node.initializer ?? node.getFirstToken() ?? node;
  return node.expression;
}
