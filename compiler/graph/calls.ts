/**
 * Calls with an await in what is called or in the arguments, and chains of `?.`:
 *
 *   o.m(await x)            the method is fetched before the arguments, and called with `o` as its receiver
 *   a?.b(await x).c         each link in a temporary; a `?.` that finds nothing leaves the chain with undefined
 */
import ts from "typescript";
import type { Builder } from "./builder.js";
import { makeBlock, type Block } from "./ir.js";
import { listOperands, placeOf, refusal, storeAll, storeBefore } from "./operands.js";
import { hasAwait, unwrapped } from "../syntax.js";

type Member = ts.PropertyAccessExpression | ts.ElementAccessExpression;

export function call(b: Builder, node: ts.CallExpression): string {
  const args = listOperands(node.arguments);
  const callee = unwrapped(node.expression);
  if (!isMember(callee)) {
    storeBefore(b, [{ node: node.expression }, ...args]);
    withoutReceiver(b, node.expression);
    return b.copier.text(node);
  }
  if (!node.arguments.some(hasAwait) || isFixedMethod(b, callee)) {
    storeBefore(b, [...placeOf(callee), ...args]);
    return b.copier.text(node);
  }
  const { method, self } = methodOf(b, callee);
  storeBefore(b, args);
  return `${method}.call(${[self, ...node.arguments.map((each) => b.copier.text(each))].join(", ")})`;
}

function isMember(node: ts.Expression): node is Member {
  return ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node);
}

/** Whether fetching the method later gives the same one: nobody replaces it while a program runs. */
function isFixedMethod(b: Builder, callee: Member): boolean {
  if (callee.expression.kind === ts.SyntaxKind.SuperKeyword) return true;
  return ts.isPropertyAccessExpression(callee) && b.program.isMethod(callee.name);
}

/** Evaluates `callee` into temporaries: the function, and what it is called on. */
function methodOf(b: Builder, callee: Member): { method: string; self: string } {
  storeAll(b, placeOf(callee));
  const method = b.store(b.copier.text(callee));
  return { method, self: b.copier.text(callee.expression) };
}

/** What stands for a function that is called: a frame that holds it is not its receiver. */
function withoutReceiver(b: Builder, callee: ts.Expression): void {
  const text = b.copier.lowered.get(callee);
  if (text !== undefined) b.copier.lowered.set(callee, `(0, ${text})`);
}

export function taggedTemplate(b: Builder, node: ts.TaggedTemplateExpression): string {
  const spans = ts.isTemplateExpression(node.template) ? node.template.templateSpans : [];
  const tag = unwrapped(node.tag);
  const values = spans.map((span) => ({ node: span.expression }));
  if (isMember(tag) && values.some((value) => hasAwait(value.node)) && !isFixedMethod(b, tag)) {
    const { method, self } = methodOf(b, tag);
    const bound = b.store(`${method}.bind(${self})`);
    storeBefore(b, values);
    return bound + b.copier.text(node.template);
  }
  storeBefore(b, [...(isMember(tag) ? placeOf(tag) : [{ node: node.tag }]), ...values]);
  if (!isMember(tag)) withoutReceiver(b, node.tag);
  return b.copier.text(node);
}

/** A chain of member accesses and calls with at least one `?.`. */
export function chain(b: Builder, node: ts.OptionalChain): string {
  const links: ts.OptionalChain[] = [];
  let root: ts.Expression = node;
  while (ts.isOptionalChain(root)) {
    links.unshift(root);
    root = root.expression;
  }
  if (!links.some((link) => partsOf(link).some(hasAwait))) {
    storeBefore(b, [{ node: root }]);
    if (!isMember(unwrapped(root))) withoutReceiver(b, root);
    return b.copier.text(node);
  }
  return new Chain(b).text(root, links);
}

/** What a link evaluates besides what it is a link of. */
function partsOf(link: ts.OptionalChain): readonly ts.Expression[] {
  if (ts.isCallExpression(link)) return link.arguments;
  return ts.isElementAccessExpression(link) ? [link.argumentExpression] : [];
}

class Chain {
  private readonly nothing: Block = makeBlock();
  private readonly after: Block = makeBlock();
  /** What a call that comes next is called on. */
  private self: string | null = null;

  constructor(private readonly b: Builder) {}

  text(root: ts.Expression, links: readonly ts.OptionalChain[]): string {
    const { b } = this;
    const result = b.copier.reference(b.temporary(links.at(-1)));
    let value = this.root(unwrapped(root));
    for (const link of links) value = this.link(link, value);
    b.line(`${result} = ${value};`);
    b.goto(this.after);
    b.at(this.nothing);
    b.line(`${result} = undefined;`);
    b.goto(this.after);
    b.at(this.after);
    return result;
  }

  private root(root: ts.Expression): string {
    if (!isMember(root)) return this.b.store(this.b.value(root), root);
    const { method, self } = methodOf(this.b, root);
    this.self = self;
    return method;
  }

  /** The value after `link`, in a temporary. */
  private link(link: ts.OptionalChain, value: string): string {
    const { b } = this;
    if (ts.isNonNullChain(link)) return value;
    if (link.questionDotToken !== undefined) {
      const next = makeBlock();
      b.branch(`${value} == null`, this.nothing, next);
      b.at(next);
    }
    const self = this.self;
    this.self = ts.isCallExpression(link) ? null : value;
    if (ts.isPropertyAccessExpression(link)) return b.store(`${value}.${b.copier.text(link.name)}`, link);
    if (ts.isElementAccessExpression(link))
      return b.store(`${value}[${b.value(link.argumentExpression)}]`, link);
    if (!ts.isCallExpression(link)) throw refusal(link);
    storeBefore(b, listOperands(link.arguments));
    const args = link.arguments.map((each) => b.copier.text(each));
    return b.store(
      self === null ? `(0, ${value})(${args.join(", ")})` : `${value}.call(${[self, ...args].join(", ")})`,
    );
  }
}
