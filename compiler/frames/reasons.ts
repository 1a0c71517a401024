/** What keeps a task on its thread, for people. */
import { basename } from "node:path";
import type ts from "typescript";

/** What keeps a task on its thread. */
export interface Reason {
  readonly node: ts.Node;
  /** `"parts: string[]" is alive across await sleep(ms(5)) :12`. */
  readonly text: string;
}

/** `node` in one line, not too long. */
export function sourceOf(node: ts.Node): string {
  const name = (node as Partial<ts.NamedDeclaration>).name;
  const text = (name ?? node).getText().replace(/\s+/g, " ");
  return text.length > 40 ? `${text.slice(0, 37)}...` : text;
}

/** `main.ts:4:9`. */
export function placeOf({ node }: Reason): string {
  const file = node.getSourceFile();
  const { line, character } = file.getLineAndCharacterOfPosition(node.getStart());
  return `${basename(file.fileName)}:${line + 1}:${character + 1}`;
}
