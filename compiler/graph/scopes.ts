/**
 * Pass 2: the locals of one function, and which of them closures hold.
 *
 *   declared in a statement that is copied whole  -> stays a JavaScript local there
 *   any other                                     -> a slot of the frame
 *   ... and used by a function inside             -> the slot holds a box `{ v }`, fresh for each run of its scope,
 *                                                    so that closures keep what they saw
 */
import ts from "typescript";
import { Refusal } from "../diagnostics.js";
import { receiverOf } from "../find/captures.js";
import type { Plain } from "./lowering.js";
import {
  doorName,
  doorsText,
  needsDoor,
  needsSuperDoor,
  ownClassOf,
  ownerOf,
  ownerOfSuper,
} from "./doors.js";
import { earlyAt, isWatched, type Early } from "./early.js";
import type { Given, Slot } from "./ir.js";
import type { Facts } from "../program/program.js";
import {
  bindsThis,
  baseOf,
  isAssigned,
  isConstEnum,
  isFunction,
  isInFunction,
  isReference,
  isSuperMember,
  isVar,
  isWithin,
  usesArguments,
  type AsyncNode,
} from "../syntax.js";
import { authored, literal } from "../emit/text.js";

/** What a frame of the arena back end has besides slots, and what no object takes as a field. */
const RESERVED = ["poll_", "up_", "pc_", "handler_", "told_", "levels_", "deeper_", "__proto__"];

/** The slots of one function's locals. */
export class Scopes {
  readonly slots: Slot[] = [];
  /** The `var`s of the function, whatever block they stand in. */
  readonly hoisted: ts.VariableDeclarationList[] = [];
  private readonly bySymbol = new Map<ts.Symbol, Slot>();
  private readonly captured = new Set<ts.Symbol>();
  private readonly written = new Set<ts.Symbol>();
  /** Names that no slot can have: those of other slots, and what the function uses from outside. */
  private readonly names = new Set<string>(RESERVED);

  /** What `this` is in a method, and in a function inside of one that uses it; null elsewhere. */
  readonly receiver: Slot | null;
  /** The `arguments` of the function, where it uses them; null elsewhere. */
  readonly list: Slot | null;
  /** Boxes of locals of functions around this one, in the order of `captures`. */
  readonly captures: readonly Slot[];
  private isReceiverHeld = false;
  private readonly hasReceiver: boolean;
  private isListHeld = false;
  /** A name for the `arguments` of a plain function, which arrows of some engines do not share. */
  argumentsAlias: string | null = null;

  /** `captures` are the symbols that captures.ts found. */
  constructor(
    private readonly program: Facts,
    readonly root: AsyncNode,
    captures: readonly ts.Symbol[],
    /** Null for what tasks run. */
    private readonly plain: Plain | null = null,
    /** What the value that a function inside is holds. */
    private readonly heldBy: (node: ts.Node) => readonly ts.Symbol[] = () => [],
  ) {
    for (const name of plain?.outer?.generatedNames() ?? []) this.names.add(name);
    const owner = captures.find((symbol) => symbol === receiverOf(symbol.valueDeclaration!));
    this.hasReceiver = ts.isMethodDeclaration(root) || owner !== undefined;
    this.survey(root, { isInner: false, isOwn: true });
    const isMethod = plain === null && ts.isMethodDeclaration(root);
    const own = isMethod ? this.add("$this", this.isReceiverHeld, "object") : null;
    if (own !== null) this.bySymbol.set(receiverOf(root), own);
    this.captures = captures.map((symbol) => {
      const isReceiver = symbol === owner;
      const name = isReceiver ? "$this" : authored(symbol.name);
      const slot = this.add(name, true, isReceiver ? "object" : (symbol.valueDeclaration ?? "object"));
      this.bySymbol.set(symbol, slot);
      return slot;
    });
    this.receiver = own ?? (owner === undefined ? null : this.bySymbol.get(owner)!);
    this.list =
      plain === null && usesArguments(root) ? this.add("$arguments", this.isListHeld, "object") : null;
  }

  /** The slot of `symbol`, which a function inside captures; undefined where it is a local of copied code. */
  slotOfSymbol(symbol: ts.Symbol): Slot | undefined {
    return this.bySymbol.get(symbol);
  }

  /** Whether `node` is a `this` that is the compiled function's. */
  isOwnReceiver(node: ts.Node): boolean {
    return this.receiver !== null && node.kind === ts.SyntaxKind.ThisKeyword && this.isOwn(node);
  }

  /** Whether `node` is a `super` that is the compiled function's. */
  isOwnSuper(node: ts.Node): boolean {
    return this.receiver !== null && node.kind === ts.SyntaxKind.SuperKeyword && this.isOwn(node);
  }

  /** Whether `node` is an `arguments` that is the compiled function's. */
  isOwnList(node: ts.Node): boolean {
    const isMeant = ts.isIdentifier(node) && node.text === "arguments" && isReference(node);
    return this.list !== null && isMeant && this.isOwn(node);
  }

  private isOwn(node: ts.Node): boolean {
    if (this.receiver === null && this.list === null) return false;
    for (let part = node; part.parent !== this.root; part = part.parent)
      if (bindsThis(part.parent, part)) return false;
    return true;
  }

  /** Whether `id` is the `arguments` of this function, and stands where only their alias can be seen. */
  isOwnArguments(id: ts.Identifier): boolean {
    if (this.argumentsAlias === null || id.text !== "arguments") return false;
    for (let part: ts.Node = id; part.parent !== this.root; part = part.parent) {
      const up = part.parent;
      if (ts.isParameter(up) && up.parent === this.root && this.plain!.isGenerator) return false;
      if (bindsThis(up, part)) return false;
    }
    return true;
  }

  /** Whether `id`, of a plain function, is read where what it means is not there yet, whenever that runs. */
  isEarly(id: ts.Identifier): boolean {
    const declaration = this.plain === null ? undefined : this.program.symbolOf(id)?.valueDeclaration;
    if (declaration === undefined || !isWithin(declaration, this.root)) return false;
    if (!isBlockScoped(declaration) || isAssigned(id)) return false;
    for (let up: ts.Node = id; up !== this.root; up = up.parent) {
      if (isFunction(up) || ts.isPropertyDeclaration(up)) return false;
      const loop = up.parent;
      const isHead = (ts.isForOfStatement(loop) || ts.isForInStatement(loop)) && loop.expression === up;
      if (isHead && isWithin(declaration, loop.initializer)) return true;
    }
    return id.pos < declaration.end;
  }

  /** As {@link earlyAt}, of what a task runs. */
  earlyAt(id: ts.Identifier): Early {
    return this.plain === null ? earlyAt(this.program, id) : "never";
  }

  /** Whether what `name` declares must be looked at where it is read. */
  isWatched(name: ts.Identifier): boolean {
    return this.plain === null && isWatched(this.program, name);
  }

  /** Gives `name`, a declared identifier, a slot. */
  claim(name: ts.Identifier): Slot {
    const symbol = this.program.symbolOf(name)!;
    const known = this.bySymbol.get(symbol);
    if (known !== undefined) return known;
    const given = this.isWatched(name) ? "object" : name;
    const slot = this.add(authored(name.text), this.captured.has(symbol) && this.isManifold(name), given);
    this.bySymbol.set(symbol, slot);
    return slot;
  }

  /**
   * Whether one run of the function can meet several variables declared as `name`. The frame of a task is that of all
   * its runs; a plain function has a frame for each run, and only its loops declare more than once.
   */
  private isManifold(name: ts.Node): boolean {
    if (this.plain === null) return true;
    for (let up = name.parent; up !== this.root; up = up.parent) {
      if (ts.isVariableDeclarationList(up) && isVar(up)) return false;
      if (ts.isIterationStatement(up, false)) return true;
    }
    return false;
  }

  /** Names that are not the author's. */
  generatedNames(): string[] {
    return [...this.names].filter((name) => name.includes("$"));
  }

  /** A slot that no local of the author has. */
  temporary(name: string, given: Given): Slot {
    return this.add(name, false, given);
  }

  /** The slot that `id` refers to, if it has one. */
  slotOf(id: ts.Identifier): Slot | undefined {
    const symbol = this.program.symbolOf(id);
    // Inside of a class its name is the class itself, also before the variable of that name has it; so it is of an enum.
    const isOfOwn = symbol?.declarations?.some((each) => hasOwnName(each) && isWithin(id, each));
    if (isOfOwn === true) return undefined;
    return symbol === undefined ? undefined : this.bySymbol.get(symbol);
  }

  /** The text of a member of a `const enum` that is declared in this function, and leaves nothing behind. */
  constantOf(node: ts.Node): string | undefined {
    if (!ts.isPropertyAccessExpression(node) && !ts.isElementAccessExpression(node)) return undefined;
    const owner = ts.isIdentifier(node.expression) ? this.program.symbolOf(node.expression) : undefined;
    const declaration = owner?.valueDeclaration;
    if (declaration === undefined || !isConstEnum(declaration) || !isInFunction(declaration))
      return undefined;
    const value = this.program.constantOf(node);
    return value === undefined ? undefined : `(${literal(value)})`;
  }

  /** Whether reading `id` now or after an await gives the same: it is never assigned after its declaration. */
  isStable(id: ts.Identifier): boolean {
    const symbol = this.program.symbolOf(id);
    const declaration = symbol?.valueDeclaration;
    if (symbol === undefined || declaration === undefined) return id.text === "undefined";
    if (declaration.getSourceFile().isDeclarationFile) return true;
    if (this.earlyAt(id) !== "never") return false;
    if (this.plain !== null && ts.isFunctionDeclaration(declaration)) return false;
    if (ts.isParameter(declaration)) return !this.written.has(symbol);
    if (ts.isVariableDeclaration(declaration))
      return (ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.Const) !== 0;
    return ts.isFunctionDeclaration(declaration) || ts.isImportSpecifier(declaration);
  }

  /** The boxed slots that `fn`, a function inside, refers to. */
  boxesIn(fn: ts.Node): Slot[] {
    const found = new Set<Slot>();
    const visit = (node: ts.Node): void => {
      const slot = ts.isIdentifier(node) && isReference(node) ? this.slotOf(node) : undefined;
      if (slot?.isBoxed === true) found.add(slot);
      const isClass = ts.isIdentifier(node) && isReference(node) && this.ownDoorOf(node) !== undefined;
      const isReceiver = isClass || this.isOwnReceiver(node) || this.isOwnSuper(node);
      if (this.receiver?.isBoxed === true && isReceiver) found.add(this.receiver);
      for (const symbol of this.heldBy(node)) {
        const held = this.bySymbol.get(symbol);
        if (held !== undefined) found.add(held);
      }
      if (this.list?.isBoxed === true && this.isOwnList(node)) found.add(this.list);
      ts.forEachChild(node, visit);
    };
    visit(fn);
    return [...found];
  }

  private add(name: string, isBoxed: boolean, given: Given): Slot {
    let unique = name;
    for (let n = 2; this.names.has(unique); n++) unique = `${name}$${n}`;
    this.names.add(unique);
    const slot = { id: this.slots.length, name: unique, isBoxed, given: [given] };
    this.slots.push(slot);
    return slot;
  }

  private survey(node: ts.Node, where: Where): void {
    if (ts.isIdentifier(node) && isReference(node)) this.noteUse(node, where);
    if (where.isOwn && this.plain === null) this.noteReceiver(node, where);
    if (ts.isPrivateIdentifier(node)) this.doorOf(node);
    if (!where.isInner && ts.isVariableDeclarationList(node) && isVar(node)) this.hoisted.push(node);
    ts.forEachChild(node, (child) => {
      this.survey(child, node === this.root ? where : within(node, child, where));
    });
  }

  private noteReceiver(node: ts.Node, where: Where): void {
    if (node.kind === ts.SyntaxKind.SuperKeyword && where.isInner) this.isReceiverHeld = true;
    if (node.kind === ts.SyntaxKind.ThisKeyword) {
      if (this.hasReceiver && where.isInner) this.isReceiverHeld = true;
      if (this.hasReceiver) return;
      throw new Refusal(
        "C130",
        node,
        "`this` in a task or a function it awaits has no object. Pass it as a parameter",
      );
    }
    if (ts.isMetaProperty(node) && node.keywordToken === ts.SyntaxKind.NewKeyword) {
      throw new Refusal(
        "C130",
        node,
        "`new.target` has no place in a task. Pass what you need as a parameter",
      );
    }
    if (node.kind === ts.SyntaxKind.SuperKeyword) this.noteSuper(node);
  }

  private noteSuper(node: ts.Node): void {
    const owner = ownerOfSuper(node);
    if (owner === undefined)
      throw superRefusal(node, "`super` in an object", "Call the function by its name");
    const member = node.parent;
    if (isSuperMember(member) && isAssigned(member))
      throw superRefusal(node, "an assignment to a member of `super`", "Assign to this");
    if (ts.isOptionalChain(member.parent))
      throw superRefusal(
        node,
        "`super` in an optional chain",
        "Declare the method in the class that is extended",
      );
    if (needsSuperDoor(owner)) this.door(node, owner, "super");
    else
      for (const name of [owner.name, baseOf(owner)]) {
        if (name !== undefined && ts.isIdentifier(name)) this.names.add(authored(name.text));
      }
  }

  /** The name by which code outside of its class reaches the private member `id`; undefined where it has its own. */
  doorOf(id: ts.PrivateIdentifier): string | undefined {
    const owner = ownerOf(id);
    const isOutside = this.plain === null && needsDoor(owner) && isWithin(this.root, owner);
    return isOutside ? this.door(id, owner, id.text) : undefined;
  }

  /** As {@link doorOf}, of the class whose own name `id` is. */
  ownDoorOf(id: ts.Identifier): string | undefined {
    const owner = this.plain === null ? ownClassOf(this.program, id) : undefined;
    const isOutside = owner !== undefined && this.hasReceiver && isWithin(this.root, owner);
    return isOutside ? this.door(id, owner, "own") : undefined;
  }

  /** As {@link doorOf}, of what the class of `node`, a `super`, inherits. */
  superDoorOf(node: ts.Node): string | undefined {
    const owner = ownerOfSuper(node)!;
    return needsSuperDoor(owner) ? this.door(node, owner, "super") : undefined;
  }

  private door(node: ts.Node, owner: ts.ClassLikeDeclaration, member: string): string {
    const name = doorName(this.program, owner, member);
    if (name !== undefined) return name;
    const what = `"${node.getText()}" in an async method of a class whose base is not known at build time`;
    throw new Refusal("C137", node, `${what} is not compiled. Extend a class by its name`);
  }

  /** The doors of `owner`, a class in this function. */
  doorsOf(owner: ts.ClassLikeDeclaration, isCompiled: (node: ts.Node) => boolean): string {
    return this.plain === null ? doorsText(this.program, owner, isCompiled) : "";
  }

  private noteUse(id: ts.Identifier, where: Where): void {
    if (id.text === "arguments" && where.isOwn && this.plain === null) {
      if (ts.isArrowFunction(this.root))
        throw new Refusal("C131", id, "an arrow has no `arguments` in a task. Name the parameters");
      if (where.isInner) this.isListHeld = true;
    }
    const symbol = this.program.symbolOf(id);
    if (id.text === "arguments" && where.isOwn && symbol === undefined && !ts.isArrowFunction(this.root))
      this.argumentsAlias = "$arguments";
    const declaration = symbol?.declarations?.[0];
    if (symbol === undefined || declaration === undefined || !isWithin(declaration, this.root)) {
      this.names.add(authored(id.text));
    }
    if (symbol === undefined) return;
    if (where.isInner && this.ownDoorOf(id) !== undefined) this.isReceiverHeld = true;
    if (where.isInner) this.captured.add(symbol);
    if (isAssigned(id)) this.written.add(symbol);
  }
}

/** Where code stands: in a function or class inside the compiled one, and whether its `this` is the compiled one's. */
interface Where {
  readonly isInner: boolean;
  readonly isOwn: boolean;
}

function within(node: ts.Node, part: ts.Node, where: Where): Where {
  if (bindsThis(node, part)) return { isInner: true, isOwn: false };
  return isFunction(node) || ts.isClassLike(node) ? { ...where, isInner: true } : where;
}

function superRefusal(node: ts.Node, what: string, advice: string): Refusal {
  return new Refusal("C137", node, `${what} is not compiled. ${advice}`);
}

/** Whether code in `node` sees the name of `node` as its own. */
function hasOwnName(node: ts.Node): boolean {
  return ts.isClassLike(node) || ts.isEnumDeclaration(node);
}

function isBlockScoped(declaration: ts.Declaration): boolean {
  return (
    ts.isClassDeclaration(declaration) ||
    (ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.BlockScoped) !== 0
  );
}
