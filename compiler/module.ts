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
import type { Graph } from "./ir.js";
import { isWithin } from "./syntax.js";
import { authored, literal, markOf, toCode } from "./text.js";

/** What differs between back ends. */
export interface BackendParts {
  /** The generated functions of one graph. */
  readonly emit: (graph: Graph) => string;
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
  "startStrand",
  "sleep",
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
  outermost.sort((a, b) => a.fn.node.getStart() - b.fn.node.getStart());
  let text = methodImports(file, own);
  for (const graph of outermost) text += ahead(graph, backend.value(graph));
  let at = 0;
  for (const graph of outermost) {
    const { node } = graph.fn;
    text += copied(file, at, node.getStart()) + inPlace(graph, backend.value(graph));
    at = node.end;
  }
  text += copied(file, at, file.end);
  for (const graph of own) text += `\n${backend.emit(graph)}`;
  return toCode(`${runtimeImport(backend, text)}${text}\n`, file);
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
  const lines = methods.map(
    (fn) => `import { ${methodExport(fn.id)} as $m_${fn.id} } from ${literal(fn.file.fileName)}; `,
  );
  return lines.join("");
}

function methodExport(id: string): string {
  return `dormouse_${id}`;
}

/** What is said of the function before the author's text. */
function ahead(graph: Graph, value: string): string {
  const { node, id } = graph.fn;
  if (ts.isMethodDeclaration(node)) return `export const ${methodExport(id)}: any = ${value}; `;
  if (!ts.isFunctionDeclaration(node) || node.name === undefined) return "";
  const flags = ts.getCombinedModifierFlags(node);
  const isExported = flags & ts.ModifierFlags.Export && !(flags & ts.ModifierFlags.Default);
  return `${markOf(node)}${isExported ? "export " : ""}const ${authored(node.name.text)}: any = ${value}; `;
}

/** What the module says where the function stood. */
function inPlace(graph: Graph, value: string): string {
  const { node } = graph.fn;
  if (ts.isMethodDeclaration(node)) {
    return ts.isObjectLiteralExpression(node.parent) ? `${authored(node.name.getText())}: undefined` : "";
  }
  if (!ts.isFunctionDeclaration(node)) return markOf(node) + value;
  const isDefault = ts.getCombinedModifierFlags(node) & ts.ModifierFlags.Default;
  return isDefault ? `export default ${node.name === undefined ? value : authored(node.name.text)};` : "";
}

/** The author's text between two offsets, with a mark on each statement of the module in it. */
function copied(file: ts.SourceFile, from: number, to: number): string {
  let out = "";
  let at = from;
  for (const statement of file.statements) {
    const start = statement.getStart();
    if (start < from || start >= to) continue;
    out += authored(file.text.slice(at, start)) + markOf(statement);
    at = start;
  }
  return out + authored(file.text.slice(at, to));
}
