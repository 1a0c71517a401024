/** Where names are used, in the whole program. */
import ts from "typescript";
import type { Program } from "../program/program.js";
import { isReference } from "../syntax.js";

/** The uses of one file by their text, and what it calls names of others: `import { presses as taps }`. */
interface Index {
  readonly uses: ReadonlyMap<string, readonly ts.Identifier[]>;
  readonly renamed: ReadonlyMap<string, readonly string[]>;
}

type Uses = ReadonlyMap<ts.Symbol, readonly ts.Identifier[]>;

/** Finds the uses of a symbol: only of names that may mean it is it asked what they mean, and once. */
export class References {
  private readonly indexes: readonly Index[];
  private readonly byName = new Map<string, Uses>();

  constructor(private readonly program: Program) {
    this.indexes = program.authored.map((file) => program.noted(file, "uses", () => indexOf(file)));
  }

  /** All uses of `symbol` in the author's files; also as a module's member, `lib.presses`. */
  of(symbol: ts.Symbol): ts.Identifier[] {
    const names = new Set([symbol.name]);
    for (const name of names) {
      for (const { renamed } of this.indexes) for (const other of renamed.get(name) ?? []) names.add(other);
    }
    return [...names].flatMap((name) => this.usesOf(name).get(symbol) ?? []);
  }

  /** What is called `name`, by what it means. */
  private usesOf(name: string): Uses {
    const known = this.byName.get(name);
    if (known !== undefined) return known;
    const found = new Map<ts.Symbol, ts.Identifier[]>();
    for (const { uses } of this.indexes) {
      for (const id of uses.get(name) ?? []) {
        const symbol = this.program.symbolOf(id);
        if (symbol !== undefined) add(found, symbol, id);
      }
    }
    this.byName.set(name, found);
    return found;
  }
}

function indexOf(file: ts.SourceFile): Index {
  const [uses, renamed] = [new Map<string, ts.Identifier[]>(), new Map<string, string[]>()];
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && (ts.isPropertyAccessExpression(node.parent) || isReference(node))) {
      add(uses, node.text, node);
    }
    const isRenaming = ts.isImportSpecifier(node) || ts.isExportSpecifier(node);
    if (isRenaming && node.propertyName !== undefined) add(renamed, node.propertyName.text, node.name.text);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return { uses, renamed };
}

function add<K, T>(map: Map<K, T[]>, key: K, value: T): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [value]);
  else known.push(value);
}
