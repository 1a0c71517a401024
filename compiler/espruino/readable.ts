/**
 * JavaScript that TypeScript misreads, in a form that it reads as what it is.
 *
 *   a ? b ? (x = 0, y) : z => { ... } : c          is taken for an arrow of (x = 0, y) whose result has a type
 *   a ? b ?((x = 0, y)): z => { ... } : c          is not: the second parentheses stand where blanks were
 */
import ts from "typescript";

/** `code`, a file of that name; the same where TypeScript reads it. Positions stay, unless the code has no blanks. */
export function readable(code: string, fileName: string): string {
  // Most passes have ES5, which needs no look.
  if (!/\.[cm]?js$/.test(fileName) || !code.includes("=>")) return code;
  let text = code;
  // One is seen at a time: what comes after it may be read as something else.
  for (let arrow = typedArrow(text); arrow !== undefined; arrow = typedArrow(text)) {
    const { open, close } = arrow;
    const before = text.slice(0, text[open - 1] === " " ? open - 1 : open);
    const after = text.slice(text[close + 1] === " " ? close + 2 : close + 1);
    text = `${before}(${text.slice(open, close + 1)})${after}`;
  }
  return text;
}

/** Where the parameters of the first arrow with a type begin and end: in JavaScript there is none. */
function typedArrow(text: string): { open: number; close: number } | undefined {
  const file = ts.createSourceFile("module.js", text, ts.ScriptTarget.Latest, false, ts.ScriptKind.JS);
  const { parseDiagnostics } = file as unknown as { parseDiagnostics: readonly unknown[] };
  // One colon is missing then, so there is an error for sure.
  if (parseDiagnostics.length === 0) return undefined;
  const find = (node: ts.Node): ts.ArrowFunction | undefined =>
    ts.isArrowFunction(node) && node.type !== undefined ? node : ts.forEachChild(node, find);
  const arrow = find(file);
  if (arrow?.type === undefined) return undefined;
  return { open: text.indexOf("(", arrow.pos), close: text.lastIndexOf(")", arrow.type.pos) };
}
