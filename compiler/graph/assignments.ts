/** Assignments whose target or value has an await. The target is evaluated first, then the value. */
import ts from "typescript";
import { unless } from "./branches.js";
import type { Builder } from "./builder.js";
import { placeOf, storeAll } from "./operands.js";
import { destructure } from "./patterns.js";
import { hasAwait, unwrapped } from "../syntax.js";

const K = ts.SyntaxKind;

const LOGICAL: Partial<Record<ts.SyntaxKind, ts.SyntaxKind>> = {
  [K.AmpersandAmpersandEqualsToken]: K.AmpersandAmpersandToken,
  [K.BarBarEqualsToken]: K.BarBarToken,
  [K.QuestionQuestionEqualsToken]: K.QuestionQuestionToken,
};

export function assignment(b: Builder, node: ts.BinaryExpression, operator: ts.SyntaxKind): string {
  const left = unwrapped(node.left);
  if (ts.isArrayLiteralExpression(left) || ts.isObjectLiteralExpression(left)) {
    const value = b.store(b.value(node.right), node.right);
    if (!hasAwait(left)) return `(${b.copier.text(left)} = ${value})`;
    destructure(b, left, value);
    return value;
  }
  storeAll(b, placeOf(left));
  if (operator === K.EqualsToken) return b.copier.assignmentText(left, b.value(node.right));
  const place = b.copier.text(left);
  const lazily = LOGICAL[operator];
  if (lazily !== undefined) return unless(b, lazily, node, place, () => `${place} = ${b.value(node.right)}`);
  const before = b.store(place, left);
  return `${place} = ${before} ${node.operatorToken.getText().slice(0, -1)} (${b.value(node.right)})`;
}
