/**
 * Copies the author's code, with each local that lives in the frame replaced by its slot.
 *
 *   x          -> slot, or slot.v when boxed          { x }  -> { x: slot }        x() -> (0, slot)()
 *   () => x    -> (($x) => () => $x.v)(slot)          a closure gets the boxes of this run of its scope
 */
import ts from "typescript";
import type { Slot, Storage } from "./ir.js";
import type { Scopes } from "./scopes.js";
import { markOf } from "./text.js";
import { isFunction, isReference } from "./syntax.js";

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Writes author's nodes as text of the generated function. */
export class Copier {
  /** Text that stands for an expression that was evaluated before. */
  readonly lowered = new Map<ts.Node, string>();
  private closureBoxes: ReadonlySet<Slot> = new Set();

  constructor(
    private readonly scopes: Scopes,
    private readonly storage: Storage,
  ) {}

  /** The text of `node`. */
  text(node: ts.Node): string {
    const edits: Edit[] = [];
    this.collect(node, edits);
    const source = node.getSourceFile().text;
    let out = "";
    let at = node.getStart();
    for (const edit of edits) {
      out += source.slice(at, edit.start) + edit.text;
      at = edit.end;
    }
    return out + source.slice(at, node.end);
  }

  /** The text of `node` as a value, also where it stands for both a name and its value in `{ node }`. */
  valueText(node: ts.Expression): string {
    const slot = ts.isIdentifier(node) ? this.scopes.slotOf(node) : undefined;
    return slot === undefined ? this.text(node) : this.reference(slot);
  }

  /** The text of a statement, with its position. */
  statement(node: ts.Node): string {
    return markOf(node) + this.text(node);
  }

  /** How code of this function reads and writes `slot`. */
  reference(slot: Slot): string {
    if (!slot.isBoxed) return this.storage.slot(slot);
    return this.closureBoxes.has(slot) ? `$${slot.name}.v` : `${this.storage.slot(slot)}.v`;
  }

  /** A binding pattern as the target of an assignment. */
  pattern(name: ts.BindingName): string {
    if (ts.isIdentifier(name)) return this.reference(this.scopes.claim(name));
    const elements = name.elements.map((element) => {
      if (ts.isOmittedExpression(element)) return "";
      const target = this.pattern(element.name);
      const value = element.initializer === undefined ? target : `${target} = ${this.text(element.initializer)}`;
      if (element.dotDotDotToken !== undefined) return `...${target}`;
      if (ts.isArrayBindingPattern(name)) return value;
      const key = element.propertyName ?? element.name;
      return `${ts.isComputedPropertyName(key) ? `[${this.text(key.expression)}]` : key.getText()}: ${value}`;
    });
    return ts.isArrayBindingPattern(name) ? `[${elements.join(", ")}]` : `{ ${elements.join(", ")} }`;
  }

  private collect(node: ts.Node, edits: Edit[]): void {
    const text = this.replacement(node);
    if (text !== undefined) edits.push({ start: node.getStart(), end: node.end, text });
    else ts.forEachChild(node, (child) => { this.collect(child, edits); });
  }

  private replacement(node: ts.Node): string | undefined {
    const lowered = this.lowered.get(node);
    if (lowered !== undefined) return lowered;
    if (ts.isTypeNode(node) && !ts.isExpressionWithTypeArguments(node)) return node.getText();
    if (ts.isIdentifier(node)) return isReference(node) ? this.identifier(node) : undefined;
    if (ts.isReturnStatement(node) && this.closureBoxes.size === 0 && !this.isInsideClosure(node)) {
      const value = node.expression === undefined ? null : this.text(node.expression);
      return this.storage.returnText(value);
    }
    return this.isClosureRoot(node) ? this.closure(node) : undefined;
  }

  private identifier(id: ts.Identifier): string | undefined {
    const slot = this.scopes.slotOf(id);
    if (slot === undefined) return undefined;
    const text = this.reference(slot);
    const up = id.parent;
    if (ts.isShorthandPropertyAssignment(up)) return `${id.text}: ${text}`;
    const isCalled = (ts.isCallExpression(up) && up.expression === id) || ts.isTaggedTemplateExpression(up);
    return isCalled && text.includes(".") ? `(0, ${text})` : text;
  }

  /** Whether `node` is the outermost expression that makes closures. */
  private isClosureRoot(node: ts.Node): boolean {
    if (this.closureBoxes.size > 0) return false;
    if (ts.isObjectLiteralExpression(node)) {
      return node.properties.some((each) => ts.isMethodDeclaration(each) || ts.isAccessor(each));
    }
    return ts.isClassExpression(node) || (isFunction(node) && ts.isExpression(node));
  }

  /** A function or class declaration inside the task, as an expression. */
  closureText(node: ts.FunctionDeclaration | ts.ClassDeclaration): string {
    return this.closure(node) ?? this.text(node);
  }

  private closure(node: ts.Node): string | undefined {
    const boxes = this.scopes.boxesIn(node);
    if (boxes.length === 0) return undefined;
    const values = boxes.map((slot) => this.storage.slot(slot)).join(", ");
    this.closureBoxes = new Set(boxes);
    const edits: Edit[] = [];
    ts.forEachChild(node, (child) => { this.collect(child, edits); });
    this.closureBoxes = new Set();
    const source = node.getSourceFile().text;
    let body = "";
    let at = node.getStart();
    for (const edit of edits) {
      body += source.slice(at, edit.start) + edit.text;
      at = edit.end;
    }
    body += source.slice(at, node.end);
    return `((${boxes.map((slot) => `$${slot.name}`).join(", ")}) => (${body}))(${values})`;
  }

  private isInsideClosure(node: ts.Node): boolean {
    for (let up = node.parent; up !== this.scopes.root; up = up.parent) if (isFunction(up)) return true;
    return false;
  }
}
