/**
 * Small changes of the code under test, each of which ought to break it: made in the text of a bundle, where a
 * line names the file that what follows is from.
 *
 *   drop a statement that accesses memory        an atomic access becomes a plain one
 *   swap two that follow each other              one step becomes two: a load, then a store
 *   another operator, the other answer           a compare-and-set that always stores
 *   a number within a function, plus one         a statement that leaves, dropped
 *   `x | 0` without the `| 0`
 */
import ts from "typescript";

export interface Mutant {
  /** What was changed, in a form that stays when other lines change: `push: a < b -> a <= b`. */
  readonly name: string;
  readonly text: string;
}

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

const OPERATORS: Readonly<Record<string, readonly string[]>> = {
  ">": [">="],
  ">=": [">"],
  "<": ["<="],
  "<=": ["<"],
  "===": ["!=="],
  "!==": ["==="],
  "+": ["-"],
  "-": ["+"],
  "&&": ["||"],
  "||": ["&&"],
  "&": ["|"],
  "|": ["&"],
  "<<": [">>"],
};

/** Read, change, write, by operation. */
const CHANGES: Readonly<Record<string, string>> = { and: "&", or: "|", add: "+", sub: "-" };

/** The mutants of file `file` in the bundle `text`, but of functions called as in `leftOut`. */
export function mutantsOf(text: string, file: string, leftOut: readonly string[] = []): Mutant[] {
  const [start, end] = partOf(text, file);
  const source = ts.createSourceFile("bundle.js", text, ts.ScriptTarget.ES2022, true, ts.ScriptKind.JS);
  const mutants = new Map<string, Mutant>();
  const walk = (node: ts.Node, name: string): void => {
    if (node.end < start || node.pos > end) return;
    const inner = nameOf(node) ?? name;
    if (inner !== "" && !leftOut.includes(inner) && node.getStart() >= start) {
      for (const edit of editsOf(node)) {
        const was = clean(text.slice(edit.start, edit.end));
        const title = `${inner}: ${contextOf(node, edit, text) ?? `${was} -> ${clean(edit.text) || "nothing"}`}`;
        const changed = text.slice(0, edit.start) + edit.text + text.slice(edit.end);
        mutants.set(mutants.has(title) ? `${title} (${edit.start})` : title, { name: title, text: changed });
      }
    }
    node.forEachChild((child) => {
      walk(child, inner);
    });
  };
  walk(source, "");
  return [...mutants.values()];
}

/** What a function is called, or a method, or a field that is a function. */
function nameOf(node: ts.Node): string | null {
  if (ts.isConstructorDeclaration(node)) return "constructor";
  const hasName =
    ts.isFunctionDeclaration(node) ||
    ts.isMethodDeclaration(node) ||
    ts.isAccessor(node) ||
    (ts.isPropertyDeclaration(node) &&
      node.initializer !== undefined &&
      ts.isArrowFunction(node.initializer));
  return hasName ? node.name!.getText().replace(/\d+$/, "") : null;
}

function partOf(text: string, file: string): [number, number] {
  const start = text.indexOf(`\n  // ${file}\n`);
  if (start < 0) throw new Error(`no ${file} in the bundle`);
  const end = text.indexOf("\n  // ", start + 5);
  return [start, end < 0 ? text.length : end];
}

const clean = (text: string): string => text.replace(/\s+/g, " ").trim();

/** For an edit of an operator or a number: the expression around it, before and after. */
function contextOf(node: ts.Node, edit: Edit, text: string): string | null {
  if (ts.isStatement(node) || ts.isBlock(node)) return null;
  let around: ts.Node = node;
  while (!isFrame(around.parent)) around = around.parent;
  const from = around.getStart();
  const was = clean(text.slice(from, around.end));
  const now = clean(text.slice(from, edit.start) + edit.text + text.slice(edit.end, around.end));
  return `${was} -> ${now}`;
}

const isFrame = (node: ts.Node): boolean =>
  ts.isStatement(node) || ts.isVariableDeclaration(node) || ts.isClassElement(node);

function editsOf(node: ts.Node): Edit[] {
  if (ts.isBlock(node)) return statementEdits(node);
  if (ts.isBinaryExpression(node)) return operatorEdits(node);
  if (ts.isCallExpression(node)) return atomicEdits(node);
  if (ts.isNumericLiteral(node)) return isBeyond(node) ? [] : [replace(node, String(Number(node.text) + 1))];
  if (node.kind === ts.SyntaxKind.TrueKeyword) return [replace(node, "false")];
  if (node.kind === ts.SyntaxKind.FalseKeyword) return [replace(node, "true")];
  if (ts.isReturnStatement(node) && node.parent.kind !== ts.SyntaxKind.Block) return [replace(node, ";")];
  if (ts.isContinueStatement(node)) return [replace(node, ";")];
  return [];
}

function isBeyond({ parent }: ts.Node): boolean {
  // A negative one stands for nothing, and is compared only with itself.
  if (ts.isPrefixUnaryExpression(parent)) return true;
  return ts.isBinaryExpression(parent) && parent.operatorToken.getText() === "|";
}

function replace(node: ts.Node, text: string): Edit {
  return { start: node.getStart(), end: node.end, text };
}

/** What is measured, or told, is nothing that threads go by. */
const isForPeople = (node: ts.Node): boolean =>
  /observer|restsFrom_|busySince_|countBusy/.test(node.getText());

const touchesMemory = (node: ts.Node): boolean => /Atomics\.|words\[/.test(node.getText());

function statementEdits(block: ts.Block): Edit[] {
  return block.statements.flatMap((statement, i) => {
    const edits: Edit[] = [];
    if (ts.isExpressionStatement(statement) && !isForPeople(statement)) edits.push(replace(statement, ";"));
    const next = block.statements[i + 1];
    const canSwap = (each: ts.Statement): boolean =>
      ts.isExpressionStatement(each) || ts.isVariableStatement(each);
    if (next !== undefined && [statement, next].every((each) => canSwap(each) && touchesMemory(each))) {
      edits.push({
        start: statement.getStart(),
        end: next.end,
        text: `${next.getText()} ${statement.getText()}`,
      });
    }
    return edits;
  });
}

function operatorEdits(expression: ts.BinaryExpression): Edit[] {
  const { left, operatorToken, right } = expression;
  // To int32: `x | 0`.
  if (operatorToken.getText() === "|" && right.getText() === "0")
    return [replace(expression, left.getText())];
  if (isZero(right) && /^[+-]$/.test(operatorToken.getText())) return [];
  return (OPERATORS[operatorToken.getText()] ?? []).map((each) => replace(operatorToken, each));
}

/** Whether `node` names a constant that is 0: the first word of something. */
function isZero(node: ts.Node): boolean {
  return ts.isIdentifier(node) && new RegExp(`var ${node.text} = 0;`).test(node.getSourceFile().text);
}

function atomicEdits(call: ts.CallExpression): Edit[] {
  const callee = call.expression;
  if (!ts.isPropertyAccessExpression(callee) || callee.expression.getText() !== "Atomics") return [];
  const [words = "", index = "", a = "", b = ""] = call.arguments.map((each) => each.getText());
  const operator = CHANGES[callee.name.text];
  if (operator !== undefined) {
    // The old value is what both give.
    const old = `Atomics.load(${words}, ${index})`;
    return [
      replace(
        call,
        `(loom.old = ${old}, Atomics.store(${words}, ${index}, loom.old ${operator} (${a})), loom.old)`,
      ),
    ];
  }
  switch (callee.name.text) {
    case "load":
      return [replace(call, `${words}[${index}]`)];
    case "store":
      return [replace(call, `${words}[${index}] = ${a}`)];
    case "exchange":
      return [
        replace(
          call,
          `(loom.old = Atomics.load(${words}, ${index}), Atomics.store(${words}, ${index}, ${a}), loom.old)`,
        ),
      ];
    case "compareExchange":
      return [
        replace(call, `(Atomics.store(${words}, ${index}, ${b}), ${a})`),
        replace(
          call,
          `((loom.old = Atomics.load(${words}, ${index})) === ${a} ? (Atomics.store(${words}, ${index}, ${b}), ${a}) : loom.old)`,
        ),
      ];
    default:
      return [];
  }
}
