/**
 * Copies the author's code, with each local that lives in the frame replaced by its slot.
 *
 *   x          -> slot, or slot.v when boxed          { x }  -> { x: slot }        x() -> (0, slot)()
 *   () => x    -> (($b_x) => () => $b_x.v)(slot)          a closure gets the boxes of this run of its scope
 *   { function f() { x } }  -> { const $b_x = slot; { function f() { $b_x.v } } }       so do functions that are declared
 */
import ts from "typescript";
import { Refusal } from "../diagnostics.js";
import { edited, type Edit } from "../edits.js";
import type { Plain } from "./lowering.js";
import { boxText, callableText, memberText } from "./callables.js";
import type { AsyncFunction } from "../find/find-tasks.js";
import type { Slot } from "./ir.js";
import { calleeMark, marks, setMark } from "./marks.js";
import { followsOpenStatement, needsSemicolon } from "./semicolons.js";
import type { Scopes } from "./scopes.js";
import {
  baseOf,
  isAssigned,
  isAssignment,
  isFunction,
  isReference,
  isSuperMember,
  isVar,
  unwrapped,
  isShorthand,
} from "../syntax.js";
import { authoredText, pointAt } from "../emit/points.js";
import { authored, literal, markOf } from "../emit/text.js";

/** Writes author's nodes as text of the generated function. */
export class Copier {
  /** Text that stands for an expression that was evaluated before. */
  readonly lowered = new Map<ts.Node, string>();
  /** Boxes that have a name of their own where the copy goes. */
  private boxes: ReadonlySet<Slot> = new Set();

  constructor(
    private readonly scopes: Scopes,
    /** Whether a call runs a compiled function, and so cannot be copied. */
    private readonly isCompiledCall: (node: ts.CallExpression) => boolean,
    /** Whether a function is compiled: a method has no place in its class or object then. */
    private readonly isCompiled: (node: ts.Node) => boolean,
    private readonly plain: Plain | null = null,
    /** The compiled function that `node` is the body of, where others run its value. */
    private readonly functionValue: (node: ts.Node) => AsyncFunction | undefined = () => undefined,
    /** The text of a call that makes the object of a compiled generator. */
    private readonly generatorText: (call: ts.CallExpression) => string | undefined = () => undefined,
  ) {}

  /** Names that are not the author's, of this function and those around it. */
  generatedNames(): string[] {
    return this.scopes.generatedNames();
  }

  /** The text of `node`. */
  text(node: ts.Node): string {
    const edits: Edit[] = [];
    this.collect(node, edits);
    return editedNode(node, edits);
  }

  /** The text of `node` where a comma after it would be another's: on the right of an assignment. */
  operandText(node: ts.Expression): string {
    const isSequence = ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.CommaToken;
    return isSequence ? `(${this.text(node)})` : this.text(node);
  }

  /** The text of `node` as a value, also where it stands for both a name and its value in `{ node }`. */
  valueText(node: ts.Expression): string {
    const slot = ts.isIdentifier(node) ? this.scopes.slotOf(node) : undefined;
    if (slot === undefined) return this.text(node);
    return (
      (isAssigned(node) ? undefined : this.earlyText(node as ts.Identifier, slot)) ?? this.reference(slot)
    );
  }

  /** The text of a statement, with its position. */
  statement(node: ts.Statement): string {
    const boxes = declaresClosures(node) ? this.scopes.boxesIn(node) : [];
    const end = needsSemicolon(node) ? ";" : "";
    if (boxes.length === 0) return this.text(node) + end;
    const names = boxes.map((slot) => `$b_${slot.name} = ${marks.slot(slot)}`).join(", ");
    return `{ const ${names}; ${this.withBoxes(boxes, () => this.text(node))}${end} }`;
  }

  /** How code of this function reads and writes `slot`. */
  reference(slot: Slot): string {
    if (!slot.isBoxed) return marks.slot(slot);
    return this.boxes.has(slot) ? `$b_${slot.name}.v` : `${marks.slot(slot)}.v`;
  }

  /** A binding pattern as the target of an assignment. */
  pattern(name: ts.BindingName): string {
    return this.targets(name, (slot) => (slot.isBoxed ? this.reference(slot) : setMark(slot)));
  }

  /** `name` with each name in it as `target` writes its slot. */
  private targets(name: ts.BindingName, target: (slot: Slot) => string): string {
    if (ts.isIdentifier(name)) return target(this.scopes.claim(name));
    const elements = name.elements.map((element) => {
      if (ts.isOmittedExpression(element)) return "";
      const place = this.targets(element.name, target);
      const value =
        element.initializer === undefined ? place : `${place} = ${this.text(element.initializer)}`;
      if (element.dotDotDotToken !== undefined) return `...${place}`;
      if (ts.isArrayBindingPattern(name)) return value;
      return `${this.key(element.propertyName ?? element.name)}: ${value}`;
    });
    // A hole at the end needs a comma of its own.
    const end = name.elements.length > 0 && ts.isOmittedExpression(name.elements.at(-1)!) ? "," : "";
    return ts.isArrayBindingPattern(name) ? `[${elements.join(", ")}${end}]` : `{ ${elements.join(", ")} }`;
  }

  private key(key: ts.Node): string {
    return ts.isComputedPropertyName(key) ? `[${this.text(key.expression)}]` : authored(key.getText());
  }

  private collect(node: ts.Node, edits: Edit[]): void {
    const text = this.replacement(node);
    if (text !== undefined) edits.push({ start: node.getStart(), end: node.end, text });
    else {
      if (isStatement(node)) {
        const start = node.getStart();
        edits.push({ start, end: start, text: (followsOpenStatement(node) ? ";" : "") + markOf(node) });
      }
      this.collectChildren(node, edits);
    }
  }

  private collectChildren(node: ts.Node, edits: Edit[]): void {
    ts.forEachChild(node, (child) => {
      this.collect(child, edits);
    });
    const doors = ts.isClassLike(node) ? this.scopes.doorsOf(node, this.isCompiled) : "";
    if (doors !== "") edits.push({ start: node.end - 1, end: node.end - 1, text: doors });
  }

  private replacement(node: ts.Node): string | undefined {
    const lowered = this.lowered.get(node);
    if (lowered !== undefined) return lowered;
    if (ts.isTypeNode(node) && !ts.isExpressionWithTypeArguments(node)) return authored(node.getText());
    if (this.scopes.isOwnReceiver(node)) return this.reference(this.scopes.receiver!);
    const made = isFunction(node) ? this.functionValue(node) : undefined;
    if (made !== undefined) return memberText(made.node, this.callableText(made));
    if (ts.isMethodDeclaration(node) && this.isCompiled(node)) return memberlessText(node);
    if (this.scopes.isOwnList(node))
      return asProperty(node as ts.Identifier, this.reference(this.scopes.list!));
    if (ts.isIdentifier(node)) return isReference(node) ? this.identifier(node) : undefined;
    const door = ts.isPrivateIdentifier(node) ? this.scopes.doorOf(node) : undefined;
    if (door !== undefined) return ts.isBinaryExpression(node.parent) ? `"${door}"` : door;
    const isAwait = ts.isAwaitExpression(node) || ts.isYieldExpression(node);
    if (isAwait && !this.isInsideClosure(node)) {
      throw new Refusal("C140", node, "await in this place is not compiled yet. Await into a const first");
    }
    const assignment = this.earlyAssignment(node);
    if (assignment !== undefined) return assignment;
    const constant = this.scopes.constantOf(node);
    if (constant !== undefined) return constant;
    const inherited = this.inherited(node);
    if (inherited !== undefined) return inherited;
    if (ts.isCallExpression(node) && this.isCompiledCall(node)) {
      const made = this.generatorText(node);
      if (made !== undefined) return made;
      const name = node.expression.getText();
      throw new Refusal("C202", node, `${name}() must be awaited here. Write await ${name}(...)`);
    }
    if (ts.isVariableDeclarationList(node) && isVar(node) && !this.isInsideClosure(node)) {
      return this.varText(node);
    }
    if (ts.isReturnStatement(node) && !this.isInsideClosure(node)) {
      const value = node.expression === undefined ? null : this.operandText(node.expression);
      return markOf(node) + marks.returnText(value);
    }
    return (this.isClosureRoot(node) ? this.closure(node) : undefined) ?? this.plain?.replaced(node, this);
  }

  /** `super.m(x)` and `super.p` of the compiled method, whose code has left its class. */
  private inherited(node: ts.Node): string | undefined {
    if (this.scopes.receiver === null) return undefined;
    const self = (): string => this.reference(this.scopes.receiver!);
    if (ts.isCallExpression(node) && this.isInherited(node.expression)) {
      const args = node.arguments.map((each) => `, ${this.text(each)}`).join("");
      const door = this.superDoorText(node.expression);
      if (door !== undefined) return `${door}.call(${self()}${args})`;
      return `${this.baseText()}[${this.memberText(node.expression)}].call(${self()}${args})`;
    }
    if (!this.isInherited(node)) return undefined;
    const door = this.superDoorText(node);
    if (door !== undefined) return door;
    return `Reflect.get(${this.baseText()}, ${this.memberText(node)}, ${self()})`;
  }

  private superDoorText(node: ts.PropertyAccessExpression | ts.ElementAccessExpression): string | undefined {
    const door = this.scopes.superDoorOf(node.expression);
    return door && `${this.reference(this.scopes.receiver!)}.${door}(${this.memberText(node)})`;
  }

  private isInherited(node: ts.Node): node is ts.PropertyAccessExpression | ts.ElementAccessExpression {
    return isSuperMember(node) && this.scopes.isOwnSuper(node.expression);
  }

  private memberText(node: ts.PropertyAccessExpression | ts.ElementAccessExpression): string {
    return ts.isPropertyAccessExpression(node)
      ? `"${authored(node.name.text)}"`
      : this.text(node.argumentExpression);
  }

  /** What the members of the class shadow. Espruino's classes do not know their base: it is named where it has a name. */
  private baseText(): string {
    const owner = this.scopes.root.parent as ts.ClassLikeDeclaration;
    const isStatic = (ts.getCombinedModifierFlags(this.scopes.root) & ts.ModifierFlags.Static) !== 0;
    const member = isStatic ? "" : ".prototype";
    const base = baseOf(owner);
    if (base !== undefined && ts.isIdentifier(base)) return `${authored(base.text)}${member}`;
    return `Object.getPrototypeOf(${authored(owner.name!.text)}${member})`;
  }

  /** `var` inside a copied statement: its names are slots, so that only the assignments are left. */
  private varText(list: ts.VariableDeclarationList): string {
    const first = list.declarations[0]!;
    if (ts.isForInStatement(list.parent) || ts.isForOfStatement(list.parent))
      return this.variable(first.name);
    const assignments = list.declarations
      .filter((each) => each.initializer !== undefined)
      .map((each) => `${this.variable(each.name)} = ${this.text(each.initializer!)}`);
    if (assignments.length === 0) return "";
    // A statement may not start with a brace, nor go on the line before.
    return ts.isIdentifier(first.name) ? assignments.join(", ") : `void (${assignments.join(", ")})`;
  }

  /** A variable of a statement that may leave it as it is. */
  private variable(name: ts.BindingName): string {
    return this.targets(name, (slot) => this.reference(slot));
  }

  private identifier(id: ts.Identifier): string | undefined {
    if (this.scopes.isEarly(id)) {
      return asProperty(id, `$early(${literal(id.text)})`);
    }
    const slot = this.scopes.slotOf(id);
    if (!isAssigned(id)) {
      const early = this.earlyText(id, slot);
      if (early !== undefined) return asProperty(id, early);
    }
    const door = this.scopes.ownDoorOf(id);
    if (door !== undefined) return asProperty(id, `${this.reference(this.scopes.receiver!)}.${door}`);
    if (slot === undefined && this.scopes.isOwnArguments(id)) return this.scopes.argumentsAlias!;
    if (slot === undefined) return this.plain?.outer?.seenInside(id) ?? this.plain?.replaced(id, this);
    const text = this.reference(slot);
    const up = id.parent;
    if (isShorthand(id)) return `${authored(id.text)}: ${text}`;
    const isCalled = (ts.isCallExpression(up) && up.expression === id) || ts.isTaggedTemplateExpression(up);
    if (!isCalled) return text;
    return slot.isBoxed ? `(0, ${text})` : calleeMark(slot);
  }

  /** A read of `id` that may come, or comes, before its declaration; undefined where it cannot, or the engine sees to it. */
  private earlyText(id: ts.Identifier, slot: Slot | undefined): string | undefined {
    const old = this.earlyValue(id, slot);
    if (old === undefined) return undefined;
    const text = `$ensured(${old}, ${literal(id.text)})`;
    return ts.isNewExpression(id.parent) ? `(${text})` : text;
  }

  private earlyValue(id: ts.Identifier, slot: Slot | undefined): string | undefined {
    const early = this.scopes.earlyAt(id);
    if (early === "certain") return "$UNSET";
    return early === "possible" && slot !== undefined ? this.reference(slot) : undefined;
  }

  /** The text of `target = value`, where `target` may not be declared yet. */
  assignmentText(target: ts.Expression, value: string): string {
    const place = this.text(target);
    const old = ts.isIdentifier(target) ? this.earlyValue(target, this.scopes.slotOf(target)) : undefined;
    return `${place} = ${old === undefined ? value : `$given(${value}, ${old}, ${literal(target.getText())})`}`;
  }

  /** An assignment to a name that may not be declared yet. */
  private earlyAssignment(node: ts.Node): string | undefined {
    if (!isAssignment(node)) return undefined;
    const target = unwrapped(ts.isBinaryExpression(node) ? node.left : node.operand);
    const read = ts.isIdentifier(target) && this.earlyText(target, this.scopes.slotOf(target));
    if (read === false || read === undefined) return undefined;
    const isPlain = ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken;
    return isPlain
      ? `(${this.assignmentText(target, this.operandText(node.right))})`
      : `(${read}, ${this.inner(node)})`;
  }

  /** What `id` is to a plain function inside. */
  private seenInside(id: ts.Identifier): string | undefined {
    const text = this.identifier(id);
    return text === undefined ? undefined : this.plain!.resolved(text, this.scopes.slots);
  }

  /** Whether `node` is the outermost expression that makes closures. */
  private isClosureRoot(node: ts.Node): boolean {
    if (this.boxes.size > 0) return false;
    if (ts.isObjectLiteralExpression(node)) {
      return node.properties.some((each) => ts.isMethodDeclaration(each) || ts.isAccessor(each));
    }
    return ts.isClassExpression(node) || (isFunction(node) && ts.isExpression(node));
  }

  /** The value that `fn`, a compiled function inside, is; it holds the boxes of this run of its scope. */
  callableText(fn: AsyncFunction): string {
    return callableText(fn, (symbol) => {
      const slot = this.scopes.slotOfSymbol(symbol);
      if (slot === undefined) return boxText(symbol);
      return this.boxes.has(slot) ? `$b_${slot.name}` : marks.slot(slot);
    });
  }

  /** A function or class declaration inside the task, as an expression. */
  closureText(node: ts.FunctionDeclaration | ts.ClassDeclaration): string {
    return this.closure(node) ?? this.withoutBoxes(node);
  }

  private closure(node: ts.Node): string | undefined {
    const boxes = this.scopes.boxesIn(node);
    if (boxes.length === 0) return undefined;
    const values = boxes.map((slot) => marks.slot(slot)).join(", ");
    const body = this.withBoxes(boxes, () => this.withoutBoxes(node));
    return `((${boxes.map((slot) => `$b_${slot.name}`).join(", ")}) => (${body}))(${values})`;
  }

  private withoutBoxes(node: ts.Node): string {
    return this.plain?.replaced(node, this) ?? this.inner(node);
  }

  /** The text of `node` without a look at `node` itself. */
  private inner(node: ts.Node): string {
    const edits: Edit[] = [];
    this.collectChildren(node, edits);
    return editedNode(node, edits);
  }

  private withBoxes<T>(boxes: readonly Slot[], body: () => T): T {
    const outer = this.boxes;
    this.boxes = new Set(boxes);
    try {
      return body();
    } finally {
      this.boxes = outer;
    }
  }

  private isInsideClosure(node: ts.Node): boolean {
    for (let up = node.parent; up !== this.scopes.root; up = up.parent) if (isFunction(up)) return true;
    return false;
  }
}

/** `text` in the place of `id`, which may stand for a name and its value. */
function asProperty(id: ts.Identifier, text: string): string {
  return isShorthand(id) ? `${authored(id.text)}: ${text}` : text;
}

/** What stands in the place of the compiled method `node`. */
export function memberlessText(node: ts.MethodDeclaration): string {
  return ts.isObjectLiteralExpression(node.parent) ? `${authored(node.name.getText())}: undefined` : "";
}

/** A statement that can have a mark before it, so that its lines are known. */
function isStatement(node: ts.Node): boolean {
  return ts.isStatement(node) && !ts.isBlock(node);
}

/** Whether functions or classes are declared in `node`: they hold boxes, and are no expressions. */
export function declaresClosures(node: ts.Node): boolean {
  if (ts.isFunctionDeclaration(node) || ts.isClassDeclaration(node)) return true;
  return !isFunction(node) && ts.forEachChild(node, (child) => declaresClosures(child) || undefined) === true;
}

/** The author's text of `node` after `edits`. */
export function editedNode(node: ts.Node, edits: readonly Edit[]): string {
  const file = node.getSourceFile();
  const start = node.getStart();
  const head = edits[0]?.start === start ? "" : pointAt(node);
  return head + edited(edits, start, node.end, (from, to) => authoredText(file, from, to));
}
