/** What is known of one file, for as long as neither it nor the types that it uses change. */
import ts from "typescript";

/** A symbol, and the file that declares it: when that is another one, the symbol is looked up anew. */
interface Reference {
  readonly symbol: ts.Symbol | undefined;
  readonly file: ts.SourceFile | undefined;
}

interface Note {
  readonly stamp: string;
  readonly value: unknown;
}

/** See the head of this file. */
export class Notes {
  private readonly references = new Map<ts.Node, Reference>();
  private readonly answers = new Map<string, Map<ts.Node, unknown>>();
  private readonly values = new Map<string, Note>();

  /** The symbol of `name`, as it was looked up before; `isCurrent` tells whether a file is still part of the program. */
  symbol(
    name: ts.Node,
    isCurrent: (file: ts.SourceFile) => boolean,
    lookUp: () => ts.Symbol | undefined,
  ): ts.Symbol | undefined {
    const known = this.references.get(name);
    if (known !== undefined && (known.file === undefined || isCurrent(known.file))) return known.symbol;
    const symbol = lookUp();
    this.references.set(name, { symbol, file: symbol?.declarations?.[0]?.getSourceFile() });
    return symbol;
  }

  /** The answer to `question` about `node`. */
  answer<T>(question: string, node: ts.Node, ask: () => T): T {
    let known = this.answers.get(question);
    if (known === undefined) this.answers.set(question, (known = new Map<ts.Node, unknown>()));
    const before = known.get(node);
    if (before !== undefined || known.has(node)) return before as T;
    const answer = ask();
    known.set(node, answer);
    return answer;
  }

  /** What `make` made under `name`, when it was made for the same `stamp`. */
  value<T>(name: string, stamp: string, make: () => T): T {
    const known = this.values.get(name);
    if (known?.stamp === stamp) return known.value as T;
    const value = make();
    this.values.set(name, { stamp, value });
    return value;
  }
}
