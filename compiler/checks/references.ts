/** Where names are used, in the whole program. */
import ts from "typescript";
import type { Program } from "../program.js";
import { enclosing, isReference } from "../syntax.js";

/** The uses of one file by their text, and what it calls names of others: `import { presses as taps }`. */
interface Index {
  readonly uses: ReadonlyMap<string, readonly ts.Identifier[]>;
  readonly renamed: ReadonlyMap<string, readonly string[]>;
}

/** Finds the uses of a symbol: only of those that may be meant is it asked what they mean. */
export class References {
  private readonly indexes: ReadonlyMap<ts.SourceFile, Index>;

  constructor(private readonly program: Program) {
    this.indexes = new Map(
      program.authored.map((file) => [file, program.noted(file, "uses", () => indexOf(file))]),
    );
  }

  /** All uses of `symbol` in the author's files; also as a module's member, `lib.presses`. */
  of(symbol: ts.Symbol): ts.Identifier[] {
    const declaration = symbol.valueDeclaration;
    const isLocal = declaration !== undefined && enclosing(declaration) !== undefined;
    const own = isLocal ? this.indexes.get(declaration.getSourceFile()) : undefined;
    const indexes = own === undefined ? [...this.indexes.values()] : [own];
    const names = new Set([symbol.name]);
    for (const name of names) {
      for (const { renamed } of indexes) for (const other of renamed.get(name) ?? []) names.add(other);
    }
    return indexes.flatMap(({ uses }) =>
      [...names].flatMap((name) =>
        (uses.get(name) ?? []).filter((id) => this.program.symbolOf(id) === symbol),
      ),
    );
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

function add<T>(map: Map<string, T[]>, key: string, value: T): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [value]);
  else known.push(value);
}
