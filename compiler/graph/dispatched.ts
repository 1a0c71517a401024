/**
 * Calls whose target is known when they run (find/dispatch.ts): a test for each function that it may be, in the order
 * in which those were found. What the tests and the calls use is evaluated once, before them.
 *
 *   await o.m(x)      $1 = o; $2 = x;           is $1 of class A? call A.m($1, $2) : ... : $1.m($2), a future
 *   await op(x)       $1 = op; $2 = x;          $1.is_ === 4 ? call it with what it holds, $2 : ...
 */
import ts from "typescript";
import type { Awaited, Builder } from "./builder.js";
import { arranged, call } from "./compiled-calls.js";
import type { AsyncFunction } from "../find/find-tasks.js";
import { classTest } from "../find/dispatch.js";
import { isOfClass } from "../find/standing.js";
import { makeBlock } from "./ir.js";
import { keep, listOperands, placeOf, type Operand } from "./operands.js";
import { isPromise, isVoid } from "./waiting.js";
import { unwrapped, type AsyncNode } from "../syntax.js";
import { literal } from "../emit/text.js";

/** The operands of a call, evaluated. */
interface Operands {
  /** What it is called on; undefined where that is nothing. */
  readonly object: string;
  /** What is called. */
  readonly value: string;
}

/** One function that a call may run. */
export interface Way {
  readonly test: string;
  readonly fn: AsyncFunction;
  readonly args: readonly string[];
}

/** Evaluates the operands of `node`, which may run `functions`; `line` takes each line of it, and text of tests. */
export class DispatchedCall {
  private readonly operands: Operands;

  constructor(
    private readonly b: Builder,
    private readonly node: ts.CallExpression,
    private readonly functions: readonly AsyncFunction[],
    private readonly line: (text: string) => void,
    /** Leaves where what a `?.` stands behind is missing. */
    missing: (test: string) => void = () => undefined,
  ) {
    const callee = unwrapped(node.expression);
    if (isMember(callee)) this.operands = this.memberOperands(callee, line, missing);
    else {
      this.keepAll([{ node: callee }], line);
      this.operands = {
        object: "undefined",
        value: b.copier.lowered.get(callee) ?? b.copier.valueText(callee),
      };
      if (node.questionDotToken !== undefined) missing(`${this.operands.value} == null`);
    }
    this.keepAll(listOperands(node.arguments), line);
  }

  private memberOperands(
    callee: Member,
    line: (text: string) => void,
    missing: (test: string) => void,
  ): Operands {
    const { b, node } = this;
    this.keepAll(placeOf(callee), line);
    const object = b.copier.text(callee.expression);
    const place = ts.isPropertyAccessExpression(callee)
      ? `${object}.${b.copier.text(callee.name)}`
      : `${object}[${b.copier.text(callee.argumentExpression)}]`;
    if (ts.isOptionalChain(callee)) missing(`${object} == null`);
    // Compiled methods of classes are not there at run time.
    const isByValue = this.functions.some((each) => !isOfClass(each.node));
    const value = isByValue ? b.copier.reference(b.temporary()) : place;
    if (isByValue) line(`${value} = ${place};`);
    if (node.questionDotToken !== undefined) {
      const classes = this.functions.filter((each) => isOfClass(each.node));
      const tests = classes.map((each) => ` && !${this.classTest(each, object)}`);
      missing(`${value} == null${tests.join("")}`);
    }
    return { object, value };
  }

  /** Whether `object` has `fn`, a method, by its class. */
  private classTest({ id, file, number }: AsyncFunction, object: string): string {
    const isHere = file === this.b.fn.file;
    return isHere ? `${classTest(id)}(${object})` : `$isOf(${number}, ${object})`;
  }

  private keepAll(operands: readonly Operand[], line: (text: string) => void): void {
    for (const each of operands) keep(this.b, each, line);
  }

  /** The functions that it may be, with what tells each, and its arguments. */
  ways(): Way[] {
    const { object, value } = this.operands;
    return this.functions.map((fn) => {
      const { node, tag, captures } = fn;
      if (isOfClass(node)) return { fn, test: this.classTest(fn, object), args: this.args(node, [object]) };
      const held = captures.map((_, i) => `${value}.held_[${i}]`);
      const receiver = ts.isMethodDeclaration(node) ? [object] : [];
      return { fn, test: `${value}.is_ === ${tag}`, args: this.args(node, [...receiver, ...held]) };
    });
  }

  /** The arguments of `target`. */
  args(target: AsyncNode, hidden: readonly string[]): string[] {
    return arranged(this.b, this.node, target, hidden, this.line);
  }

  get object(): string {
    return this.operands.object;
  }

  /** What a call gives that runs no function of ours: a future, a promise, or null where it cannot be one. */
  get otherwise(): "future" | "promise" | null {
    const { b, node } = this;
    if (!b.program.isPromise(node)) return "future";
    return b.fn.openCalls.has(node) && isPromise(b, node) ? "promise" : null;
  }

  /** Such a call. */
  plainText(): string {
    const { b, node } = this;
    const callee = unwrapped(node.expression);
    const args = node.arguments.map((each) => b.copier.text(each)).join(", ");
    const { object, value } = this.operands;
    if (ts.isPropertyAccessExpression(callee)) return `${object}.${b.copier.text(callee.name)}(${args})`;
    return isMember(callee)
      ? `${value}.call(${[object, args].filter((each) => each !== "").join(", ")})`
      : `(0, ${value})(${args})`;
  }

  /** What is thrown where the value is none of the functions. */
  refusalText(): string {
    const what = `${this.node.expression.getText()}() is no async function of this program`;
    return `throw new TypeError(${literal(what)});`;
  }
}

type Member = ts.PropertyAccessExpression | ts.ElementAccessExpression;

function isMember(node: ts.Expression): node is Member {
  return ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node);
}

/**
 * Runs what `node` calls, one of `functions` or what makes a future itself. Where there is `only` one, nothing but the
 * object may be missing: `sensor?.read()`.
 */
export function dispatched(
  b: Builder,
  node: ts.CallExpression,
  functions: readonly AsyncFunction[],
  whole: ts.Node,
  only?: AsyncNode,
): Awaited {
  return evaluatedDispatch(b, node, functions, whole, only).run();
}

/** As {@link dispatched}, in two steps: evaluates what the call needs, and gives what runs it. */
export function evaluatedDispatch(
  b: Builder,
  node: ts.CallExpression,
  functions: readonly AsyncFunction[],
  whole: ts.Node,
  only?: AsyncNode,
): Pick<DispatchedCall, "otherwise"> & { readonly run: () => Awaited } {
  const isNothing = isVoid(b, whole);
  const result = isNothing ? "undefined" : b.copier.reference(b.temporary(whole));
  const after = makeBlock();
  const finish = (value: string): void => {
    if (!isNothing) b.line(`${result} = ${value};`);
    b.goto(after);
  };
  const missing = (test: string): void => {
    const [none, some] = [makeBlock(), makeBlock()];
    b.branch(test, none, some);
    b.at(none);
    finish("undefined");
    b.at(some);
  };
  const line = (text: string): void => {
    b.line(text);
  };
  const dispatch = new DispatchedCall(b, node, functions, line, missing);
  const { otherwise } = dispatch;
  const ways = dispatch.ways();
  const run = (): Awaited => {
    for (const { fn, test, args } of ways) {
      const [own, next] = [makeBlock(), makeBlock()];
      b.branch(test, own, next);
      b.at(own);
      finish(call(b, node, fn.node, [...args]).value);
      b.at(next);
    }
    if (only !== undefined) finish(call(b, node, only, dispatch.args(only, [dispatch.object])).value);
    else if (otherwise === null) {
      b.line(dispatch.refusalText());
      b.end({ kind: "end" });
    } else {
      const text = dispatch.plainText();
      const isFuture = otherwise === "future";
      const start = `${b.mark(node)}${isFuture ? text : `$promised(${text})`};`;
      b.suspend((next) => ({ kind: "leaf", start, suspends: isFuture ? "perhaps" : "always", next }), node);
      if (isNothing) b.line("$take($t);");
      finish("$take($t)");
    }
    b.at(after);
    return { value: result, isTaken: false };
  };
  return { otherwise, run };
}
