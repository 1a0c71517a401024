/**
 * The last pass: a module of the author, with generated functions in the place of the async ones.
 *
 *   import { ... } from "dormouse/runtime"      what generated code uses
 *   const read = { ... }                        function declarations can be used above their line
 *   ... the author's text, `task({ ... })` ...
 *   function read$make(...) { ... }             the generated functions
 */
import type { EncodedSourceMap } from "@jridgewell/gen-mapping";
import ts from "typescript";
import { edited, type Edit } from "../edits.js";
import { boxText, callableText, memberText } from "../graph/callables.js";
import { memberlessText } from "../graph/copy.js";
import { classTest } from "../find/dispatch.js";
import type { AsyncFunction } from "../find/find-tasks.js";
import { homeOf, type Home } from "./homes.js";
import { doorsText } from "../graph/doors.js";
import type { Graph } from "../graph/ir.js";
import type { Facts } from "../program/program.js";
import { above, isTopLevel, isWithin } from "../syntax.js";
import { authoredText } from "./points.js";
import { UNMAPPED, authored, endMark, listed, literal, markOf, toCode } from "./text.js";

/** What differs between back ends. */
export interface BackendParts {
  /** The generated functions of one graph. */
  readonly emit: (graph: Graph) => string;
  /** What stands for a function whose code is not there yet when tasks are declared. */
  readonly late?: (graph: Graph) => string;
  /** What must have run before a task does, lines or "": the module may wait at its top for that. */
  readonly first?: (graph: Graph) => string;
  /** What their names are, after the function's own. */
  readonly parts: (graph: Graph) => readonly string[];
  /** What stands for the function itself. */
  readonly value: (graph: Graph) => string;
  /** What it uses of the runtime besides {@link RUNTIME}. */
  readonly runtime: readonly string[];
  /** Those of the generated functions that run none of the author's code: to coverage they are nobody's. */
  readonly hidden: readonly string[];
}

/** What generated code uses of the runtime, under names that no author has. */
const RUNTIME = [
  "take",
  "drop",
  "aim",
  "coded",
  "unwind",
  "pause",
  "makeOp",
  "makeGroup",
  "makeFair",
  "makeRace",
  "makeAll",
  "makeAny",
  "makeArm",
  "common",
  "family",
  "mate",
  "lately",
  "deeper",
  "levels",
  "startStrand",
  "callable",
  "known",
  "tests",
  "isOf",
  "callArm",
  "leafArm",
  "makeNested",
  "makeWindow",
  "SILENT",
  "enterNested",
  "sleep",
  "sleepUntil",
  "asyncItems",
  "promised",
  "UNSET",
  "ensured",
  "given",
  "promisedIn",
  "TIMED_OUT",
  "CLOSED",
  "generator",
  "resumed",
  "GeneratorObject",
  "itemsOf",
  "ENDED",
  "ended",
  "disposer",
  "dispose",
  "suppressing",
];

/** Puts the generated functions of `file` in the place of the author's. */
export function moduleOf(
  program: Facts,
  file: ts.SourceFile,
  graphs: readonly Graph[],
  backend: BackendParts,
): { code: string; map: EncodedSourceMap } {
  const own = graphs.filter((graph) => graph.fn.file === file);
  const outermost = own.filter(
    (graph) => !own.some((each) => each !== graph && isWithin(graph.fn.node, each.fn.node)),
  );
  const homes = byHome(own);
  const edits = outermost.flatMap((graph) => editsOf(graph, valueOf(graph, backend)));
  edits.push(...kindEdits(file, graphs), ...doorEdits(program, own, outermost));
  let text = methodImports(file, own);
  for (const graph of homes.get(null) ?? []) text += firstOf(graph, backend);
  for (const [home, there] of homes) {
    const tops = there.filter((graph) => outermost.includes(graph) || graph.fn.tag > 0);
    const values = tops.map((graph) => ahead(graph, valueOf(graph, backend), home)).join("");
    if (home === null) text += values;
    else {
      text += namesAtTop(there, tops, backend);
      edits.push(...atHome(home, there, values, backend));
    }
  }
  // It stands first, or nowhere.
  const shebang = /^#!.*/.exec(file.text)?.[0] ?? "";
  text += edited(edits, shebang.length, file.end, (from, to) => authoredText(file, from, to));
  for (const { fn } of own) if (fn.isDispatched) text += classTestText(fn);
  for (const graph of homes.get(null) ?? []) text += `\n${functionsOf(graph, backend)}`;
  const names = new Map(own.map(({ fn }) => [fn.node.getStart(), fn.name]));
  const first = shebang === "" ? "" : `${shebang}\n`;
  return toCode(`${first}${runtimeImport(backend, text)}${text}\n`, file, names);
}

/** What classes of plain code keep for the methods that leave them. */
function doorEdits(program: Facts, own: readonly Graph[], outermost: readonly Graph[]): Edit[] {
  const compiled = new Set<ts.Node>(own.map(({ fn }) => fn.node));
  const owners = new Set<ts.ClassLikeDeclaration>();
  for (const { fn } of outermost) {
    for (let up = above(fn.node); up !== undefined; up = above(up)) if (ts.isClassLike(up)) owners.add(up);
  }
  return [...owners].flatMap((owner): Edit[] => {
    const text = doorsText(program, owner, (node) => compiled.has(node));
    return text === "" ? [] : [{ start: owner.end - 1, end: owner.end - 1, text }];
  });
}

function byHome(graphs: readonly Graph[]): Map<Home | null, Graph[]> {
  const homes = new Map<Home | null, Graph[]>();
  for (const graph of graphs) {
    const home = homeOf(graph.fn.node);
    homes.set(home, [...(homes.get(home) ?? []), graph]);
  }
  return homes;
}

/** What the module knows of functions that stand elsewhere. */
function namesAtTop(graphs: readonly Graph[], tops: readonly Graph[], backend: BackendParts): string {
  const names = graphs.flatMap((graph) => partsOf(graph, backend));
  const methods = tops.filter((graph) => isExported(graph.fn));
  const values = tops.map((graph) => {
    if (graph.fn.number > 0) return ` ${knownText(graph, valueOf(graph, backend))}`;
    return isExported(graph.fn) ? ` ${exportOf(graph.fn.id)} = ${valueOf(graph, backend)};` : "";
  });
  const exported = methods.map((graph) => `export let ${exportOf(graph.fn.id)}: any; `).join("");
  const parameters = names.map((_, i) => `$${i}: any`).join(", ");
  const stores = names.map((name, i) => ` ${name} = $${i};`).join("");
  const setter = `${UNMAPPED}function ${setterOf(graphs)}(${parameters}): void {${stores}${values.join("")} } `;
  const late = graphs.map((graph) => backend.late?.(graph) ?? "").join("");
  const known = `let ${names.map((name) => `${name}: any`).join(", ")}; ${exported}`.trimEnd();
  return `${known}\n${setter}${late}`;
}

/** The functions of `graphs` in `home`, which tells the module. */
function atHome(home: Home, graphs: readonly Graph[], values: string, backend: BackendParts): Edit[] {
  const names = graphs.flatMap((graph) => partsOf(graph, backend)).join(", ");
  const told = `${setterOf(graphs)}(${names});`;
  const code = graphs.map((graph) => `\n${firstOf(graph, backend)}${functionsOf(graph, backend)}`).join("");
  const last = home.end - 1;
  if (ts.isClassLike(home)) {
    return [{ start: last, end: last, text: ` static { ${told}${code}\n} ` }];
  }
  const first = home.getStart() + 1;
  return [
    { start: first, end: first, text: ` ${told} ${values}` },
    { start: last, end: last, text: `${code}\n` },
  ];
}

/** The generated functions of `graph`: each begins where the author's does, as far as the source map tells. */
function functionsOf(graph: Graph, backend: BackendParts): string {
  const own = markOf(graph.fn.node);
  return backend
    .emit(graph)
    .replace(/^function [^(]*\$(\w+)\(/gm, (head, part: string) =>
      backend.hidden.includes(part) ? UNMAPPED + head : own + head,
    );
}

function firstOf(graph: Graph, { first }: BackendParts): string {
  const text = first?.(graph) ?? "";
  return text === "" ? "" : `${UNMAPPED}${text}\n`;
}

/** What stands for the function of `graph`. */
function valueOf(graph: Graph, backend: BackendParts): string {
  const value = backend.value(graph);
  if (backend.hidden.length === 0) return value;
  const first = value.indexOf("\n") + 1;
  return value.slice(0, first) + UNMAPPED + value.slice(first, -1) + endMark(graph.fn.node) + value.slice(-1);
}

function partsOf(graph: Graph, { parts }: BackendParts): string[] {
  return parts(graph).map((part) => `${graph.fn.id}$${part}`);
}

function setterOf(graphs: readonly Graph[]): string {
  return `$set_${graphs[0]!.fn.id}`;
}

/** What `text`, generated code, uses of the runtime. */
function runtimeImport(backend: BackendParts, text: string): string {
  const used = [...RUNTIME, ...backend.runtime].filter((name) => new RegExp(`\\$${name}\\b`).test(text));
  if (used.length === 0) return "";
  const names = used.map((name) => `${name} as $${name}`);
  return `${listed("import { ", names, ' } from "dormouse/runtime";')}\n`;
}

/** Methods of other files have no name there: their classes may be imported as types alone. */
function methodImports(file: ts.SourceFile, own: readonly Graph[]): string {
  const used = new Set(own.flatMap(({ callees, made }) => [...callees, ...made].map((callee) => callee.fn)));
  const methods = [...used].filter((fn) => fn.file !== file && isExported(fn));
  const lines = methods.map(
    ({ id, file: { fileName } }) => `import { ${exportOf(id)} as $m_${id} } from ${literal(fileName)}; `,
  );
  return lines.join("");
}

function isExported(fn: AsyncFunction): boolean {
  return ts.isMethodDeclaration(fn.node) && fn.tag === 0 && fn.number === 0;
}

function classTestText({ node, id }: AsyncFunction): string {
  const owner = (node.parent as ts.ClassDeclaration).name!;
  return `\n${UNMAPPED}function ${classTest(id)}($o: any) { return $o instanceof ${authored(owner.text)}; }`;
}

function exportOf(id: string): string {
  return `dormouse_${id}`;
}

/** What is said of the function before the author's text. */
function ahead(graph: Graph, value: string, home: Home | null): string {
  const { fn } = graph;
  const { node, id } = fn;
  const isHere = home === null;
  const method = isExported(fn) && isHere ? `export const ${exportOf(id)}: any = ${value};\n` : "";
  const exported = fn.number > 0 && isHere ? `${knownText(graph, value)}\n` : method;
  if (!ts.isFunctionDeclaration(node) || node.name === undefined || !isTopLevel(node)) return exported;
  const flags = ts.getCombinedModifierFlags(node);
  const isOpen = flags & ts.ModifierFlags.Export && !(flags & ts.ModifierFlags.Default);
  const own = fn.tag > 0 ? callableText(fn, boxText) : value;
  return `${exported}${markOf(node)}${isOpen ? "export " : ""}const ${authored(node.name.text)}: any = ${own};\n`;
}

/** Tells other modules of a function. An import of this one by them would change the order in which modules run. */
function knownText({ fn: { number, isDispatched, id } }: Graph, value: string): string {
  return `$known[${number}] = ${value};${isDispatched ? ` $tests[${number}] = ${classTest(id)};` : ""}`;
}

/** What becomes of the author's text of the function. */
function editsOf({ fn }: Graph, value: string): Edit[] {
  const { node, tag } = fn;
  const edit = (text: string): Edit => ({ start: node.getStart(), end: node.end, text });
  const own = tag > 0 && !isTask(node, fn) ? callableText(fn, boxText) : value;
  if (ts.isMethodDeclaration(node)) return [edit(tag > 0 ? memberText(node, own) : memberlessText(node))];
  if (!ts.isFunctionDeclaration(node)) return [edit(markOf(node) + own)];
  if (!isTopLevel(node)) return [edit(""), ...hoisted(node, own)];
  const isDefault = ts.getCombinedModifierFlags(node) & ts.ModifierFlags.Default;
  if (!isDefault) return [edit("")];
  return [edit(`export default ${node.name === undefined ? own : authored(node.name.text)};`)];
}

/** Whether `node` stands where a task is declared. */
function isTask(node: ts.Node, { pool, kinds }: AsyncFunction): boolean {
  return pool > 0 && kinds.length === 0 && !ts.isFunctionDeclaration(node);
}

/** A function in a plain one is there from the start of its block. */
function hoisted(node: ts.FunctionDeclaration, value: string): Edit[] {
  const up = node.parent;
  const start = ts.isBlock(up) ? up.getStart() + 1 : node.getStart();
  const name = node.name === undefined ? "" : authored(node.name.text);
  return [{ start, end: start, text: ` ${markOf(node)}const ${name} = ${value};` }];
}

/** A task of a function that is a value has the function itself. */
function kindEdits(file: ts.SourceFile, graphs: readonly Graph[]): Edit[] {
  return graphs.flatMap(({ fn }) => {
    if (fn.tag === 0) return [];
    const name = `$known[${fn.number}]`;
    const own = fn.kinds.filter((each) => each.getSourceFile() === file);
    return own.map((each): Edit => ({ start: each.getStart(), end: each.end, text: name }));
  });
}
