/** Texts with some of their pieces replaced. */

/** What takes the place of the text from `start` to `end`; an insertion where they are the same. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The text from `start` to `end` after `edits`; `kept` gives what stays of it, between two offsets. */
export function edited(
  edits: readonly Edit[],
  start: number,
  end: number,
  kept: (from: number, to: number) => string,
): string {
  let out = "";
  let at = start;
  for (const edit of [...edits].sort((a, b) => a.start - b.start || a.end - b.end)) {
    out += kept(at, edit.start) + edit.text;
    at = edit.end;
  }
  return out + kept(at, end);
}
