/**
 * Pass 1: which functions become state machines.
 *
 *   task(async ...)  -- awaits -->  async function  -- awaits --> ...       over all the author's files
 *
 * A function that reaches itself through awaits has as many frames as it says, or is refused (cycles.ts).
 */
import { basename } from "node:path";
import ts from "typescript";
import { findCycles } from "./cycles.js";
import { callsIn, dispatchOf, isOfNamedClass, type Calls } from "./dispatch.js";
import { flowsOf, type Flows } from "./flows.js";
import { isOfClass } from "./standing.js";
import { Refusal } from "../diagnostics.js";
import type { Program } from "../program/program.js";
import { serial } from "../program/serial.js";
import {
  above,
  awaitedIn,
  isFunction,
  isSuperMember,
  isTopLevel,
  unwrapped,
  type AsyncNode,
} from "../syntax.js";
import {
  asyncFunctionOf,
  asyncTargetOf,
  bodyOf,
  declaredRecursive,
  generatorsMadeIn,
  isAsync,
  namedIn,
  nameOf,
} from "./targets.js";
import { authored } from "../emit/text.js";

/** An async function that is compiled. */
export interface AsyncFunction {
  readonly node: AsyncNode;
  readonly file: ts.SourceFile;
  /** The author's name, for people. */
  readonly name: string;
  /** A name for generated code, unique in its file. */
  readonly id: string;
  /** Instances of the kinds of task that it is the body of; 0 for functions that tasks await. */
  pool: number;
  /** Where tasks name it, and it does not stand itself. */
  readonly kinds: ts.Expression[];
  /** Where a task of it is declared with `shared: true`; null where nobody demands it. */
  demandsShared: ts.Node | null;
  /** Whether it runs as an arm of a select somewhere; known once all graphs are built. */
  isArm: boolean;
  /** Whether somebody may ask what its task gave. */
  isJoined: boolean;
  /** Whether others await it. */
  isCalled: boolean;
  /** How many levels of it can wait for each other, as `recursive` says; 0 where that says nothing. */
  depth: number;
  /** One function of the cycle that it is in, the same for all; null when it never awaits itself. See cycles.ts. */
  cycle: AsyncFunction | null;
  /** Whether calls look at the class of an object to find it; see dispatch.ts. */
  isDispatched: boolean;
  /** Its calls that may run one of several functions, and those. */
  readonly dispatches: Map<ts.Node, readonly AsyncFunction[]>;
  /** Those of them that may run what is no function of ours. */
  readonly openCalls: Set<ts.Node>;
  /** What tells it from others where it is a value that a call may run; 0 where no call runs its value. */
  tag: number;
  /** Whether several functions of one strand await it, so that its frame is made for them all; see frames.ts. */
  isCommon: boolean;
  /** Whether frames below its own are common, where it is the outermost one of a strand. */
  hasCommon: boolean;
  /** The compiled functions that it awaits, once each. */
  readonly callees: AsyncFunction[];
  /** The generators that it makes objects of, once each. */
  readonly makes: AsyncFunction[];
  /** Whether objects are made of it; see graph/generator-objects.ts. */
  isMade: boolean;
  /** Its number among those that other files run as a value, or by the class of an object; 0 where none does. */
  number: number;
  /** Functions that get what they capture from this one: those that it calls by name, and values that it makes. */
  readonly served: AsyncFunction[];
  /** Locals of functions around it that it uses; see captures.ts. */
  readonly captures: ts.Symbol[];
  /** Its loops that may go on for long without an await; see long-loops.ts. */
  readonly longLoops: Set<ts.Node>;
}

/** The function of `node`, of which nothing else is known yet. */
export function makeFunction(node: AsyncNode, name: string, id: string): AsyncFunction {
  const unknown = {
    pool: 0,
    kinds: [],
    demandsShared: null,
    isArm: false,
    isJoined: false,
    isCalled: false,
    isCommon: false,
    hasCommon: false,
    isMade: false,
  };
  const bounds = {
    depth: 0,
    cycle: null,
    isDispatched: false,
    tag: 0,
    number: 0,
    dispatches: new Map<ts.Node, AsyncFunction[]>(),
    openCalls: new Set<ts.Node>(),
  };
  const found = { callees: [], makes: [], served: [], captures: [], longLoops: new Set<ts.Node>() };
  return { node, file: node.getSourceFile(), name, id, ...unknown, ...bounds, ...found };
}

/** Finds the functions to compile. Refusals go to `refuse`, and the rest is still found. */
export function findTasks(program: Program, refuse: (refusal: Refusal) => void): AsyncFunction[] {
  const finder = new Finder(program, refuse);
  finder.addTasks();
  finder.followCalls();
  finder.addStrays();
  finder.followCalls();
  finder.numberForeign();
  finder.serveValues();
  findCycles(finder.found, ({ file }) => program.isAsync(file), refuse);
  return finder.found;
}

class Finder {
  readonly found: AsyncFunction[] = [];
  private readonly byNode = new Map<ts.Node, AsyncFunction>();
  private readonly ids = new Set<string>();
  /** How often each name was met. */
  private readonly counts = new Map<string, number>();
  private readonly flows: Flows;
  /** Stands for the functions that are plain. */
  private readonly promised: string;
  /** Functions that are known to await a future, if only by others, or none. */
  private readonly leading = new Map<AsyncNode, boolean>();
  /** Functions whose calls were followed. */
  private followed = 0;
  private tags = 0;
  private hasGenerators: boolean | undefined;

  constructor(
    private readonly program: Program,
    private readonly refuse: (refusal: Refusal) => void,
  ) {
    this.flows = flowsOf(program);
    this.promised = [...program.promised].map(serial).join();
  }

  addTasks(): void {
    for (const file of this.program.authored) {
      const calls = this.program.noted(file, "tasks", () => taskCallsIn(this.program, file));
      for (const call of calls) this.addTask(call);
    }
  }

  /** Adds what tasks await until nothing new turns up; the list grows while it is walked. */
  followCalls(): void {
    for (; this.followed < this.found.length; this.followed++) {
      const caller = this.found[this.followed]!;
      const { targets, unsure, made } = this.callsIn(caller);
      for (const { operand, target } of unsure) this.dispatch(caller, operand, target);
      for (const { node, at } of targets)
        if (!caller.dispatches.has(at)) this.addNamed(caller, node, at, caller.callees);
      for (const { node, at } of made) this.addNamed(caller, node, at, caller.makes).isMade = true;
    }
  }

  private callsIn({ node, file }: AsyncFunction): Calls & { readonly made: Calls["targets"] } {
    const { program } = this;
    const find = (): ReturnType<Finder["callsIn"]> => ({
      ...callsIn(program, node),
      made: this.generatorsMadeIn(node),
    });
    return program.noted(file, `calls in ${node.pos}`, find, `${this.promised} ${program.stampOf(file)}`);
  }

  /** Numbers what other files find by a number. */
  numberForeign(): void {
    for (const fn of this.found.filter((each) => each.tag > 0 || each.isDispatched)) {
      const isForeign = this.found.some(
        (each) => each.file !== fn.file && [...each.callees, ...each.makes].includes(fn),
      );
      if (isForeign || fn.kinds.length > 0) fn.number = fn.tag > 0 ? fn.tag : ++this.tags;
    }
  }

  /** A function that is a value gets what it captures where that is made. */
  serveValues(): void {
    for (const fn of this.found.filter((each) => each.tag > 0)) {
      for (let up = above(fn.node); up !== undefined; up = above(up)) {
        const maker = this.byNode.get(up);
        if (maker === undefined) continue;
        maker.served.push(fn);
        break;
      }
    }
  }

  /** As in targets.ts, in programs with generators. */
  private generatorsMadeIn(node: AsyncNode): ReturnType<typeof generatorsMadeIn> {
    const { program } = this;
    this.hasGenerators ??= program.authored.some((file) =>
      program.noted(file, "has generators", () => /\basync\b[^;{]*\*/.test(file.text)),
    );
    return this.hasGenerators ? generatorsMadeIn(program, node) : [];
  }

  /** Adds `node`, which `caller` names at `at`, and puts it in `list` of that. */
  private addNamed(
    caller: AsyncFunction,
    node: AsyncNode,
    at: ts.Node,
    list: AsyncFunction[],
  ): AsyncFunction {
    if (ts.isMethodDeclaration(node) && !isInheritedCall(at)) this.requireAlone(node, at);
    const fn = this.addCalled(node, list);
    caller.served.push(fn);
    return fn;
  }

  private addCalled(node: AsyncNode, list: AsyncFunction[]): AsyncFunction {
    const fn = this.byNode.get(node) ?? this.add(node, nameOf(node));
    fn.isCalled = true;
    if (!list.includes(fn)) list.push(fn);
    return fn;
  }

  /** Adds all functions that `operand` may run, where that is not one known by name. */
  private dispatch(caller: AsyncFunction, operand: ts.Expression, target: AsyncNode | undefined): void {
    const found = dispatchOf(this.program, this.flows, operand, target);
    if (found === null) return;
    const callees = found.functions.map((node) => this.addCalled(node, caller.callees));
    if (found.isOpen) caller.openCalls.add(operand);
    for (const each of callees) {
      if (isOfClass(each.node)) each.isDispatched = true;
      else if (each.tag === 0) each.tag = ++this.tags;
    }
    caller.dispatches.set(operand, callees);
  }

  /** A method is called by its declaration, so no other object's method may be meant. */
  private requireAlone(method: ts.MethodDeclaration, call: ts.Node): void {
    const rivals = this.program.methods.rivalsOf(method);
    // A class that is named is that one: only an assignment to its member makes it another.
    const rival = isOfNamedClass(this.program, call) ? rivals.find(ts.isBinaryExpression) : rivals[0];
    if (rival === undefined) return;
    const { line } = rival.getSourceFile().getLineAndCharacterOfPosition(rival.getStart());
    const where = `${basename(rival.getSourceFile().fileName)}:${line + 1}`;
    const message = `"${nameOf(method)}" may be another method at run time (${where}). Give each its own name`;
    this.refuse(new Refusal("C138", call, message));
  }

  /** Adds functions that await futures though no task awaits them: helpers of a library that this program leaves out. */
  addStrays(): void {
    for (const file of this.program.authored) {
      if (this.program.isAsync(file)) continue;
      for (const node of this.program.noted(file, "named", () => namedIn(file))) {
        if (!this.byNode.has(node) && this.awaitsFuture(node)) this.add(node, nameOf(node));
      }
    }
  }

  /** Whether `node` awaits a future, or a function that does, in whichever depth. */
  private awaitsFuture(node: AsyncNode): boolean {
    const seen = new Set<AsyncNode>();
    const isFound = this.leadsToFuture(node, seen);
    // Nothing that was seen on the way leads to one.
    if (!isFound) for (const each of seen) this.leading.set(each, false);
    return isFound;
  }

  private leadsToFuture(node: AsyncNode, seen: Set<AsyncNode>): boolean {
    if (this.byNode.has(node)) return true;
    if (seen.has(node)) return false;
    const known = this.leading.get(node);
    if (known !== undefined) return known;
    seen.add(node);
    const isFound = awaitedIn(node).some((operand) => {
      if (this.program.isFuture(operand)) return true;
      const target = asyncTargetOf(this.program, operand);
      if (target !== undefined) return this.leadsToFuture(target, seen);
      const found = dispatchOf(this.program, this.flows, operand, undefined);
      return found?.functions.some((each) => this.leadsToFuture(each, seen)) === true;
    });
    if (isFound) this.leading.set(node, true);
    return isFound;
  }

  private addTask(call: ts.CallExpression): void {
    const argument = call.arguments[0];
    const body = argument === undefined ? undefined : unwrapped(argument);
    if (body === undefined) return;
    const inPlace = bodyOf(this.program, body);
    const node = isFunction(inPlace) ? inPlace : asyncFunctionOf(this.program, inPlace);
    if (node === undefined || !isAsync(node) || ts.isMethodDeclaration(node)) {
      this.refuse(
        new Refusal(
          "C101",
          body,
          `task() takes an async function. Write task(async function name() { ... })`,
        ),
      );
      return;
    }
    if (node.asteriskToken !== undefined) {
      const what = "a task is no generator, since nobody goes over it";
      this.refuse(new Refusal("C132", node, `${what}. Go over the generator in the task, with for await`));
      return;
    }
    if (!isTopLevel(call)) {
      this.refuse(
        new Refusal("C102", call, "task() declares static storage. Call it at the top level of a module"),
      );
      return;
    }
    const name = node.name === undefined && node === body ? declaredName(call) : nameOf(node);
    const pool = this.poolOf(call);
    const fn = this.byNode.get(node) ?? this.add(node, name);
    fn.pool += pool;
    if (node !== inPlace) fn.kinds.push(body);
    const options = call.arguments[1];
    if (options !== undefined && this.program.isTrueIn(options, "shared")) fn.demandsShared = call;
  }

  /** How many tasks of the kind can run at once. It must be known: a board's executor is made for so many. */
  private poolOf(call: ts.CallExpression): number {
    const options = call.arguments[1];
    if (options === undefined) return 1;
    const pool = this.program.numberIn(options, "pool");
    if (pool !== undefined) return pool ?? 1;
    this.refuse(
      new Refusal("C114", options, "the pool of a task must be known at build time. Write { pool: 4 }"),
    );
    return 1;
  }

  /** How many frames a function has that may await itself. */
  private depthOf(node: AsyncNode): number {
    const call = declaredRecursive(this.program, node);
    if (call === undefined) return 0;
    const options = call.arguments[1];
    const depth = options && this.program.numberIn(options, "depth");
    if (typeof depth === "number" && depth >= 1 && depth % 1 === 0) return depth;
    const what = `the depth of "${nameOf(node)}" must be a whole number of at least 1, known at build time`;
    this.refuse(new Refusal("C111", options ?? call, `${what}. Write { depth: 8 }`));
    return 1;
  }

  private add(node: AsyncNode, name: string): AsyncFunction {
    const fresh = makeFunction(node, name, authored(this.idOf(name)));
    fresh.depth = this.depthOf(node);
    // The object stays while its file does: graphs that are kept (reuse.ts) lead to it.
    const kept = this.program.noted(fresh.file, `function ${node.pos}`, () => fresh);
    const found = Object.assign(kept, fresh);
    this.found.push(found);
    this.byNode.set(node, found);
    return found;
  }

  /** A name for generated code that no other function has. */
  private idOf(name: string): string {
    const plain = name.replaceAll(/[^\w$\u0080-\uffff]/g, "_");
    let n = (this.counts.get(plain) ?? 0) + 1;
    while (this.ids.has(n === 1 ? plain : `${plain}${n}`)) n++;
    this.counts.set(plain, n);
    const id = n === 1 ? plain : `${plain}${n}`;
    this.ids.add(id);
    return id;
  }
}

/** Whether `at` is `super.m(...)`, which means one method whatever the object is. */
function isInheritedCall(at: ts.Node): boolean {
  return ts.isCallExpression(at) && isSuperMember(at.expression);
}

function taskCallsIn(program: Program, file: ts.SourceFile): ts.CallExpression[] {
  const found: ts.CallExpression[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && program.ownNameOf(node.expression) === "task") found.push(node);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function declaredName(call: ts.CallExpression): string {
  return ts.isVariableDeclaration(call.parent) ? call.parent.name.getText() : "task";
}
