/**
 * Generated text with the author's positions in it: a mark `\u0001offset\u0002` says that what follows comes from
 * there. Marks travel with the text through all passes and become the source map at the end.
 */
import { GenMapping, addMapping, setSourceContent, toEncodedMap, type EncodedSourceMap } from "@jridgewell/gen-mapping";
import ts from "typescript";

/** The mark for `node`. */
export function markOf(node: ts.Node): string {
  return `\u0001${node.getStart()}\u0002`;
}

/** `text` without marks. */
export function unmarked(text: string): string {
  return text.replace(/\u0001\d+\u0002/g, "");
}

/** Turns marked text into code and its map to `file`. Text before the first mark of a line maps to nothing. */
export function toCode(text: string, file: ts.SourceFile): { code: string; map: EncodedSourceMap } {
  const map = new GenMapping({ file: file.fileName });
  setSourceContent(map, file.fileName, file.text);
  const out: string[] = [];
  let line = 1;
  let column = 0;
  let last = 0;
  for (const match of text.matchAll(/\u0001(\d+)\u0002|\n/g)) {
    const piece = text.slice(last, match.index);
    out.push(piece);
    column += piece.length;
    last = match.index + match[0].length;
    if (match[1] === undefined) {
      out.push("\n");
      line++;
      column = 0;
      continue;
    }
    const at = file.getLineAndCharacterOfPosition(Number(match[1]));
    const original = { line: at.line + 1, column: at.character };
    addMapping(map, { generated: { line, column }, source: file.fileName, original });
  }
  out.push(text.slice(last));
  return { code: out.join(""), map: toEncodedMap(map) };
}
