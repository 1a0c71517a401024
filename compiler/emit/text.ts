/**
 * Generated text with the author's positions in it: a mark `\u0001offset\u0002` says that what follows comes from
 * there. Marks travel with the text through all passes and become the source map at the end.
 */
import {
  GenMapping,
  addMapping,
  setSourceContent,
  toEncodedMap,
  type EncodedSourceMap,
} from "@jridgewell/gen-mapping";
import ts from "typescript";

/** Instead of a mark: the rest of the line is nobody's; at the start of one, so are those that follow, up to a mark. */
export const UNMAPPED = "\u0001\u0002";

/** Stands for a `$` that the author wrote, so that those of generated names can be told from it. */
const DOLLAR = "\u0003";

/** The author's `text` as part of generated code. */
export function authored(text: string): string {
  return text.replaceAll("$", DOLLAR);
}

/** `value` as a literal of generated code. */
export function literal(value: unknown): string {
  return authored(JSON.stringify(value));
}

/** Columns of generated code, for people. */
const WIDTH = 110;

/** `head`, `items` and `tail` in one line, or where that is too long the items in lines of their own, behind `indent`. */
export function listed(head: string, items: readonly string[], tail: string, indent = ""): string {
  const whole = head + items.join(", ") + tail;
  return whole.length <= WIDTH ? whole : below(head, items, tail, indent);
}

/** As {@link listed}, the items always in lines of their own. */
export function below(head: string, items: readonly string[], tail: string, indent = ""): string {
  return inLines(
    head,
    items.map((item) => `${item}, `),
    tail,
    indent,
  );
}

/** As {@link listed}, of statements. */
export function spaced(head: string, items: readonly string[], tail: string): string {
  const whole = [head, ...items, tail].join(" ");
  return whole.length <= WIDTH
    ? whole
    : inLines(
        head,
        items.map((item) => `${item} `),
        tail,
        "",
      );
}

function inLines(head: string, items: readonly string[], tail: string, indent: string): string {
  const lines = [`${indent}  `];
  for (const item of items) {
    const last = lines.at(-1)!;
    if (last.length + item.length > WIDTH && last.trim() !== "") lines.push(`${indent}  ${item}`);
    else lines[lines.length - 1] = last + item;
  }
  return [head, ...lines, indent + tail.trimStart()].map((line) => line.trimEnd()).join("\n");
}

/** `text` of generated code as the author wrote it. */
export function asWritten(text: string): string {
  return unmarked(text).replaceAll(DOLLAR, "$");
}

/** What generated names of `file` start with: `$`, or more of them where the author uses that. */
export function prefixFor(file: ts.SourceFile): string {
  const names = file.text.replaceAll("${", "");
  let prefix = "$";
  while (names.includes(prefix)) prefix += "$";
  return prefix;
}

/** Whether `file` holds a character that marked text has another meaning for. */
export function hasMarks(file: ts.SourceFile): boolean {
  return /[\u0001-\u0007]/.test(file.text);
}

/** The mark for what comes from `offset` of the author's text. */
export function markAt(offset: number): string {
  return `\u0001${offset}\u0002`;
}

/** The mark for `node`. */
export function markOf(node: ts.Node): string {
  return markAt(node.getStart());
}

/** The mark for the last character of `node`. */
export function endMark(node: ts.Node): string {
  return markAt(node.end - 1);
}

/** The mark of the call that `next` goes on after: what the callee runs at once stands in a stack above it. */
export function callMark({ waitsAt }: { readonly waitsAt: ts.Node | null }): string {
  return waitsAt === null ? "" : markOf(waitsAt);
}

/** `text` without marks. */
function unmarked(text: string): string {
  return text.replace(/\u0001\d*\u0002/g, "");
}

/**
 * Turns marked text into code and its map to `file`; `names` are those of functions, by where they stand: stacks have them.
 * What begins a line without a mark belongs to the mark before it: engines say where a block ends, and coverage wants to
 * know whose end that is.
 */
export function toCode(
  marked: string,
  file: ts.SourceFile,
  names: ReadonlyMap<number, string>,
): { code: string; map: EncodedSourceMap } {
  const prefix = prefixFor(file);
  const text = marked.replaceAll("$", () => prefix).replaceAll(DOLLAR, () => "$");
  const map = new GenMapping({ file: file.fileName });
  setSourceContent(map, file.fileName, file.text);
  const out: string[] = [];
  let line = 1;
  let column = 0;
  let last = 0;
  let before: { readonly line: number; readonly column: number } | null = null;
  /** Whether the line began with a mark. */
  let hasMark = false;
  for (const match of text.matchAll(/\u0001(\d*)\u0002|\n/g)) {
    const piece = text.slice(last, match.index);
    const start = column === 0 ? piece.search(/\S/) : -1;
    if (start >= (hasMark ? 1 : 0) && before !== null)
      addMapping(map, { generated: { line, column: start }, source: file.fileName, original: before });
    out.push(piece);
    column += piece.length;
    last = match.index + match[0].length;
    if (match[1] === undefined) {
      out.push("\n");
      line++;
      column = 0;
      hasMark = false;
      continue;
    }
    hasMark = column === 0;
    if (match[1] === "") {
      addMapping(map, { generated: { line, column } });
      if (hasMark) before = null;
      continue;
    }
    const at = file.getLineAndCharacterOfPosition(Number(match[1]));
    const original = { line: at.line + 1, column: at.character };
    const name = names.get(Number(match[1])) ?? calledAt(file.text, Number(match[1]));
    addMapping(map, { generated: { line, column }, source: file.fileName, original, name });
    before = original;
  }
  out.push(text.slice(last));
  return { code: out.join(""), map: toEncodedMap(map) };
}

/** The name of what is called at `offset` of `text`: engines give it to the frame of a stack. */
function calledAt(text: string, offset: number): string {
  CALLED.lastIndex = offset;
  return CALLED.exec(text)?.[0] ?? "";
}

const CALLED =
  /(?!(?:if|for|while|switch|return|throw|await|yield|super|catch|with|typeof|void|async|function)\b)[\p{ID_Start}$_][\p{ID_Continue}$]*(?=\s*[(<])/uy;
