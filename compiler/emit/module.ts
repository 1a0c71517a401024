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
import { memberlessText } from "../graph/copy.js";
import { classTest } from "../find/dispatch.js";
import type { AsyncFunction } from "../find/find-tasks.js";
import { homeOf, type Home } from "./homes.js";
import type { Graph } from "../graph/ir.js";
import { isWithin } from "../syntax.js";
import { authoredText } from "./points.js";
import { authored, literal, markOf, toCode } from "./text.js";

/** What differs between back ends. */
export interface BackendParts {
  /** The generated functions of one graph. */
  readonly emit: (graph: Graph) => string;
  /** What stands for a function whose code is not there yet when tasks are declared. */
  readonly late?: (graph: Graph) => string;
  /** What their names are, after the function's own. */
  readonly parts: (graph: Graph) => readonly string[];
  /** What stands for the function itself. */
  readonly value: (graph: Graph) => string;
  /** What it uses of the runtime besides {@link RUNTIME}. */
  readonly runtime: readonly string[];
}

/** What generated code uses of the runtime, under names that no author has. */
const RUNTIME = [
  "take",
  "drop",
  "aim",
  "unwind",
  "pause",
  "makeOp",
  "makeGroup",
  "makeArm",
  "common",
  "family",
  "mate",
  "lately",
  "deeper",
  "levels",
  "startStrand",
  "sleep",
  "sleepUntil",
  "promised",
  "UNSET",
  "ensured",
  "given",
  "promisedIn",
  "TIMED_OUT",
  "CLOSED",
  "ENDED",
  "ended",
  "disposer",
  "dispose",
  "suppressing",
];

/** Puts the generated functions of `file` in the place of the author's. */
export function moduleOf(
  file: ts.SourceFile,
  graphs: readonly Graph[],
  backend: BackendParts,
): { code: string; map: EncodedSourceMap } {
  const own = graphs.filter((graph) => graph.fn.file === file);
  const outermost = own.filter(
    (graph) => !own.some((each) => each !== graph && isWithin(graph.fn.node, each.fn.node)),
  );
  const homes = byHome(own);
  const edits = outermost.map((graph): Edit => {
    const { node } = graph.fn;
    return { start: node.getStart(), end: node.end, text: inPlace(graph, backend.value(graph)) };
  });
  let text = methodImports(file, own);
  for (const [home, there] of homes) {
    const tops = outermost.filter((graph) => there.includes(graph));
    const values = tops.map((graph) => ahead(graph, backend.value(graph), home)).join("");
    if (home === null) text += values;
    else {
      text += namesAtTop(there, tops, backend);
      edits.push(...atHome(home, there, values, backend));
    }
  }
  text += edited(edits, 0, file.end, (from, to) => authoredText(file, from, to));
  for (const { fn } of own) if (fn.isDispatched) text += classTestText(fn);
  for (const graph of homes.get(null) ?? []) text += `\n${backend.emit(graph)}`;
  return toCode(`${runtimeImport(backend, text)}${text}\n`, file);
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
  const methods = tops.filter((graph) => ts.isMethodDeclaration(graph.fn.node));
  const values = methods.map((graph) => ` ${methodExport(graph.fn.id)} = ${backend.value(graph)};`).join("");
  const exported = methods.map((graph) => `export let ${methodExport(graph.fn.id)}: any; `).join("");
  const parameters = names.map((_, i) => `$${i}: any`).join(", ");
  const stores = names.map((name, i) => ` ${name} = $${i};`).join("");
  const setter = `function ${setterOf(graphs)}(${parameters}): void {${stores}${values} } `;
  const late = graphs.map((graph) => backend.late?.(graph) ?? "").join("");
  return `let ${names.map((name) => `${name}: any`).join(", ")}; ${exported}${setter}${late}`;
}

/** The functions of `graphs` in `home`, which tells the module. */
function atHome(home: Home, graphs: readonly Graph[], values: string, backend: BackendParts): Edit[] {
  const names = graphs.flatMap((graph) => partsOf(graph, backend)).join(", ");
  const told = `${setterOf(graphs)}(${names});`;
  const code = graphs.map((graph) => `\n${backend.emit(graph)}`).join("");
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
  return `import { ${used.map((name) => `${name} as $${name}`).join(", ")} } from "dormouse/runtime"; `;
}

/** Methods of other files have no name there: their classes may be imported as types alone. */
function methodImports(file: ts.SourceFile, own: readonly Graph[]): string {
  const used = new Set(own.flatMap((graph) => graph.callees.map((callee) => callee.fn)));
  const methods = [...used].filter((fn) => fn.file !== file && ts.isMethodDeclaration(fn.node));
  const lines = methods.map((fn) => {
    const test = fn.isDispatched ? `, ${classTest(fn.id)} as $is_${fn.id}` : "";
    return `import { ${methodExport(fn.id)} as $m_${fn.id}${test} } from ${literal(fn.file.fileName)}; `;
  });
  return lines.join("");
}

function classTestText({ node, id }: AsyncFunction): string {
  const owner = (node.parent as ts.ClassDeclaration).name!;
  return `\nexport function ${classTest(id)}($o: any) { return $o instanceof ${authored(owner.text)}; }`;
}

function methodExport(id: string): string {
  return `dormouse_${id}`;
}

/** What is said of the function before the author's text. */
function ahead(graph: Graph, value: string, home: Home | null): string {
  const { node, id } = graph.fn;
  if (ts.isMethodDeclaration(node) && home !== null) return "";
  if (ts.isMethodDeclaration(node)) return `export const ${methodExport(id)}: any = ${value}; `;
  if (!ts.isFunctionDeclaration(node) || node.name === undefined) return "";
  const flags = ts.getCombinedModifierFlags(node);
  const isExported = flags & ts.ModifierFlags.Export && !(flags & ts.ModifierFlags.Default);
  return `${markOf(node)}${isExported ? "export " : ""}const ${authored(node.name.text)}: any = ${value}; `;
}

/** What the module says where the function stood. */
function inPlace(graph: Graph, value: string): string {
  const { node } = graph.fn;
  if (ts.isMethodDeclaration(node)) return memberlessText(node);
  if (!ts.isFunctionDeclaration(node)) return markOf(node) + value;
  const isDefault = ts.getCombinedModifierFlags(node) & ts.ModifierFlags.Default;
  return isDefault ? `export default ${node.name === undefined ? value : authored(node.name.text)};` : "";
}
