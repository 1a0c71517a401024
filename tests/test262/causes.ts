/** Why tests fail that pass natively: each failure has a cause here, or it is news. */
import type { Failure } from "./run.js";

interface Cause {
  readonly paths: RegExp;
  readonly text: string;
}

const CAUSES: readonly Cause[] = [
  {
    paths:
      /\/(prototype[\w-]*|generator-prototype-prop|default-proto|has-instance|invoke-as-constructor)\.js$/,
    text:
      "What a function says of itself: a lowered one is an ordinary function, with the `prototype` of one, " +
      "and `new` can call it",
  },
  { paths: /\/superclass-(async-|generator-)/, text: "The same, asked by a class that extends it" },
  {
    paths: /(forbidden-ext|restricted-properties)/,
    text: "The same: in sloppy code an ordinary function has `caller` and `arguments`",
  },
  {
    paths: /constructor-lookup/,
    text: "`then` asks a promise for its `constructor` once more than `await` does. The ticks are right",
  },
  {
    paths: /scope-[\w-]*distinct\.js$/,
    text: "A direct `eval` that declares the name of a local: locals stand one scope further out",
  },
  { paths: /from-with\.js$/, text: "`with` around a `yield` is refused" },
  {
    paths: /(generator-asi|let-block-with-newline)\.js$/,
    text: "TypeScript's parser reads these line breaks in another way",
  },
  {
    paths: /from-sync-iterator-inaccessible\.js$/,
    text: "The prototype of an async iterator over an ordinary one can be reached",
  },
];

/** The failures by their cause, most frequent first; those without one under null. */
export function byCause(failures: readonly Failure[]): Map<string | null, Failure[]> {
  const found = new Map<string | null, Failure[]>();
  for (const failure of failures) {
    const cause = CAUSES.find(({ paths }) => paths.test(failure.path))?.text ?? null;
    const list = found.get(cause);
    if (list === undefined) found.set(cause, [failure]);
    else list.push(failure);
  }
  return new Map([...found].sort((a, b) => b[1].length - a[1].length));
}
