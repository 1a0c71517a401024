/**
 * Destructuring with an await in a default or in a computed key, one element after the other:
 *
 *   { a, [await k]: b = await d } = v      v is something; a = v.a; $k = k; $1 = v[$k]; if undefined: $1 = d; b = $1
 *   [a, b = await d] = v                   an array: $i = [...v] up to the last element; then as above
 *                                          another iterable: asked for each item in its turn, and closed
 */
import ts from "typescript";
import { when } from "./branches.js";
import type { Builder } from "./builder.js";
import { closeIterator, iteratorText } from "./iterators.js";
import { placeOf, refusal, storeAll } from "./operands.js";
import { hasAwait, unwrapped } from "../syntax.js";
import { authored } from "../emit/text.js";
import { withCleanup } from "./try.js";

type ArrayPattern = ts.ArrayBindingPattern | ts.ArrayLiteralExpression;
type Pattern = ArrayPattern | ts.ObjectBindingPattern | ts.ObjectLiteralExpression;

/** One element of a pattern, of a declaration or of an assignment. */
interface Element {
  readonly key: ts.PropertyName | null;
  readonly target: ts.Node;
  readonly initial: ts.Expression | undefined;
  readonly isRest: boolean;
}

/** Takes `value`, a temporary, apart as `pattern` says. */
export function destructure(b: Builder, pattern: Pattern, value: string): void {
  if (ts.isArrayBindingPattern(pattern) || ts.isArrayLiteralExpression(pattern))
    arrayPattern(b, pattern, value);
  else objectPattern(b, pattern, value);
}

function objectPattern(
  b: Builder,
  pattern: ts.ObjectBindingPattern | ts.ObjectLiteralExpression,
  value: string,
): void {
  // Throws where there is nothing to take apart.
  b.line(`({} = ${value});`);
  const list = ts.isObjectBindingPattern(pattern) ? pattern.elements : pattern.properties;
  const names: string[] = [];
  for (const each of list) {
    const element = ts.isBindingElement(each) ? boundElement(each) : assignedProperty(each);
    if (element.isRest) assign(b, element, () => rest(b, value, names));
    else {
      const { access, name } = keyOf(b, element.key!);
      names.push(name);
      assign(b, element, () => value + access);
    }
  }
}

/** A copy of what `value` has besides `names`, which are expressions. */
function rest(b: Builder, value: string, names: readonly string[]): string {
  const copy = b.store(names.length === 0 ? `{ ...${value} }` : "{}");
  if (names.length === 0) return copy;
  const key = b.copier.reference(b.temporary());
  // A getter that has a name of its own is not run again.
  const isNamed = names.map((each) => `${key} !== String(${each})`).join(" && ");
  b.line(`for (${key} of Object.keys(Object(${value}))) if (${isNamed}) ${copy}[${key}] = ${value}[${key}];`);
  return copy;
}

function arrayPattern(b: Builder, pattern: ArrayPattern, value: string): void {
  const elements = pattern.elements.map((each): Element | null => {
    if (ts.isOmittedExpression(each)) return null;
    return ts.isBindingElement(each) ? boundElement(each) : assigned(null, each);
  });
  if (b.plain !== null && b.hasIterators) {
    cursorPattern(b, elements, value);
    return;
  }
  if (isStepped(b, pattern)) {
    iteratorPattern(b, elements, value);
    return;
  }
  const hasRest = elements.at(-1)?.isRest === true;
  const items = elements.map((_, i) =>
    hasRest && i === elements.length - 1 ? `...${value}[${i}]` : `${value}[${i}]`,
  );
  const source = b.store(value);
  b.line(`${value} = [];`);
  b.line(`[${items.join(", ")}] = ${source};`);
  elements.forEach((element, i) => {
    if (element !== null) assign(b, element, () => `${value}[${i}]`);
  });
}

/** Whether what `pattern` takes apart is known to be no array, whose items are there from the start. */
function isStepped(b: Builder, pattern: ArrayPattern): boolean {
  if (b.plain !== null) return false;
  const { parent } = pattern;
  const isAssigned = ts.isArrayLiteralExpression(pattern);
  if (isAssigned && !(ts.isBinaryExpression(parent) && parent.left === pattern)) return false;
  const source = isAssigned ? (parent as ts.BinaryExpression).right : pattern;
  return !b.program.isIndexed(source) && !b.program.isText(source) && !b.program.isAny(source);
}

/** In a task: asks for each item in its turn. */
function iteratorPattern(b: Builder, elements: readonly (Element | null)[], value: string): void {
  const iterator = b.store(iteratorText(b, value));
  const isDone = b.store("false", "flag");
  const step = b.copier.reference(b.temporary());
  // One whose `next` throws is not closed.
  const advance = `${isDone} = true; ${step} = ${iterator}.next(); ${isDone} = ${step}.done === true;`;
  const item = (): string => {
    b.line(`if (!${isDone}) { ${advance} }`);
    return b.store(`${isDone} ? undefined : ${step}.value`);
  };
  const rest = (): string => {
    const list = b.store("[]");
    b.line(`while (!${isDone}) { ${advance} if (!${isDone}) ${list}.push(${step}.value); }`);
    return list;
  };
  const items = (): void => {
    for (const element of elements) {
      if (element === null) item();
      else assign(b, element, element.isRest ? rest : item);
    }
  };
  withCleanup(b, items, (code) => {
    closeIterator(b, iterator, `!${isDone}`, code);
  });
}

/** In a plain function: the same by a cursor of core/promises. */
function cursorPattern(b: Builder, elements: readonly (Element | null)[], value: string): void {
  const cursor = b.store(`$iterate(${value})`);
  const items = (): void => {
    for (const element of elements) {
      if (element === null) b.line(`${cursor}.item_();`);
      else assign(b, element, () => b.store(`${cursor}.${element.isRest ? "rest_" : "item_"}()`));
    }
  };
  withCleanup(b, items, (code) => {
    b.line(`${cursor}.close_(${code});`);
  });
}

function boundElement(node: ts.BindingElement): Element {
  const key = node.propertyName ?? (ts.isIdentifier(node.name) ? node.name : null);
  return { key, target: node.name, initial: node.initializer, isRest: node.dotDotDotToken !== undefined };
}

function assignedProperty(node: ts.ObjectLiteralElementLike): Element {
  if (ts.isPropertyAssignment(node)) return assigned(node.name, node.initializer);
  if (ts.isSpreadAssignment(node))
    return { key: null, target: node.expression, initial: undefined, isRest: true };
  if (!ts.isShorthandPropertyAssignment(node)) throw refusal(node);
  return { key: node.name, target: node.name, initial: node.objectAssignmentInitializer, isRest: false };
}

function assigned(key: ts.PropertyName | null, node: ts.Expression): Element {
  if (ts.isSpreadElement(node)) return { key, target: node.expression, initial: undefined, isRest: true };
  const isDefault = ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken;
  return {
    key,
    target: isDefault ? node.left : node,
    initial: isDefault ? node.right : undefined,
    isRest: false,
  };
}

/** How the property `key` is read, and an expression of its name. */
function keyOf(b: Builder, key: ts.PropertyName): { readonly access: string; readonly name: string } {
  if (ts.isIdentifier(key)) return { access: `.${authored(key.text)}`, name: JSON.stringify(key.text) };
  const name = ts.isComputedPropertyName(key) ? b.store(b.value(key.expression)) : authored(key.getText());
  return { access: `[${name}]`, name };
}

/** Gives `element` what `value`, which is asked once its place is known, says. */
function assign(b: Builder, { target, initial }: Element, value: () => string): void {
  const place = ts.isExpression(target) ? unwrapped(target) : target;
  if (isMember(place)) storeAll(b, placeOf(place));
  let text = value();
  if (initial !== undefined) {
    text = b.store(text);
    when(b, `${text} === undefined`, () => {
      b.line(`${text} = ${b.value(initial)};`);
    });
  }
  put(b, place, text);
}

/** Stores `text` in `target`, whose own parts were evaluated. */
function put(b: Builder, target: ts.Node, text: string): void {
  if (isPattern(target)) {
    if (hasAwait(target)) destructure(b, target, b.store(text));
    else b.line(`(${patternText(b, target)} = ${text});`);
  } else if (ts.isIdentifier(target)) b.line(`${targetText(b, target)} = ${text};`);
  else if (isMember(target)) b.line(`${b.copier.text(target)} = ${text};`);
  else throw refusal(target);
}

/** Stores the text `value` in `target`, in which there is an await. */
export function assignTo(b: Builder, target: ts.Node, value: string): void {
  const place = ts.isExpression(target) ? unwrapped(target) : target;
  if (isMember(place)) storeAll(b, placeOf(place));
  put(b, place, value);
}

function isMember(node: ts.Node): node is ts.PropertyAccessExpression | ts.ElementAccessExpression {
  return ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node);
}

function isPattern(node: ts.Node): node is Pattern {
  const isBound = ts.isArrayBindingPattern(node) || ts.isObjectBindingPattern(node);
  return isBound || ts.isArrayLiteralExpression(node) || ts.isObjectLiteralExpression(node);
}

function patternText(b: Builder, pattern: Pattern): string {
  const isBound = ts.isArrayBindingPattern(pattern) || ts.isObjectBindingPattern(pattern);
  return isBound ? b.copier.pattern(pattern) : b.copier.text(pattern);
}

/** A name that is declared here, or assigned. */
function targetText(b: Builder, name: ts.Identifier): string {
  const isDeclared = ts.isBindingElement(name.parent) || ts.isVariableDeclaration(name.parent);
  return isDeclared ? b.copier.pattern(name) : b.copier.valueText(name);
}
