/**
 * Destructuring with an await in a default or in a computed key, one element after the other:
 *
 *   { a, [await k]: b = await d } = v      v is something; a = v.a; $k = k; $1 = v[$k]; if undefined: $1 = d; b = $1
 *   [a, b = await d] = v                   $i = [...v] up to the last element; then as above
 */
import ts from "typescript";
import { when } from "./branches.js";
import type { Builder } from "./builder.js";
import { refusal } from "./operands.js";
import { hasAwait, unwrapped } from "./syntax.js";
import { authored } from "./text.js";

type Pattern = ts.BindingPattern | ts.ArrayLiteralExpression | ts.ObjectLiteralExpression;

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
  for (const each of list) {
    const element = ts.isBindingElement(each) ? boundElement(each) : assignedProperty(each);
    if (element.isRest) throw refusal(each);
    assign(b, element, `${value}${keyText(b, element.key!)}`);
  }
}

function arrayPattern(
  b: Builder,
  pattern: ts.ArrayBindingPattern | ts.ArrayLiteralExpression,
  value: string,
): void {
  const elements = pattern.elements.map((each): Element | null => {
    if (ts.isOmittedExpression(each)) return null;
    return ts.isBindingElement(each) ? boundElement(each) : assigned(null, each);
  });
  const rest = elements.at(-1)?.isRest === true;
  const items = elements.map((_, i) =>
    rest && i === elements.length - 1 ? `...${value}[${i}]` : `${value}[${i}]`,
  );
  const source = b.store(value);
  b.line(`${value} = [];`);
  b.line(`[${items.join(", ")}] = ${source};`);
  elements.forEach((element, i) => {
    if (element !== null) assign(b, element, `${value}[${i}]`);
  });
}

function boundElement(node: ts.BindingElement): Element {
  const key = node.propertyName ?? (ts.isIdentifier(node.name) ? node.name : null);
  return { key, target: node.name, initial: node.initializer, isRest: node.dotDotDotToken !== undefined };
}

function assignedProperty(node: ts.ObjectLiteralElementLike): Element {
  if (ts.isPropertyAssignment(node)) return assigned(node.name, node.initializer);
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

function keyText(b: Builder, key: ts.PropertyName): string {
  if (ts.isIdentifier(key)) return `.${authored(key.text)}`;
  if (ts.isComputedPropertyName(key)) return `[${b.store(b.value(key.expression))}]`;
  return `[${authored(key.getText())}]`;
}

function assign(b: Builder, { target, initial }: Element, value: string): void {
  let text = value;
  if (initial !== undefined) {
    text = b.store(value);
    when(b, `${text} === undefined`, () => b.line(`${text} = ${b.value(initial)};`));
  }
  const place = ts.isExpression(target) ? unwrapped(target) : target;
  if (isPattern(place)) {
    if (hasAwait(place)) destructure(b, place, b.store(text));
    else b.line(`(${patternText(b, place)} = ${text});`);
  } else if (ts.isIdentifier(place)) b.line(`${targetText(b, place)} = ${text};`);
  else throw refusal(place);
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
