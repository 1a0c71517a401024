/** Which async functions of the library a program has: those are compiled with it, and no others. */
import ts from "typescript";

/** The names that `file` imports from the package, and those that it may find in all of it. */
export function namesImported(file: ts.SourceFile): string[] {
  return file.statements.flatMap((statement) => {
    if (!ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)) return [];
    const from = statement.moduleSpecifier;
    if (from === undefined || !ts.isStringLiteral(from) || from.text !== "dormouse") return [];
    const names = ts.isImportDeclaration(statement)
      ? statement.importClause?.namedBindings
      : statement.exportClause;
    const isList = names !== undefined && (ts.isNamedImports(names) || ts.isNamedExports(names));
    if (isList) return names.elements.map((each) => (each.propertyName ?? each.name).text);
    return [...file.text.matchAll(/\.\s*([\w$]+)/g)].map((match) => match[1]!);
  });
}

/** Whether `file` exports a function with one of `names`. */
export function exportsAny(file: ts.SourceFile, names: ReadonlySet<string>): boolean {
  return file.statements.some(
    (each) => ts.isFunctionDeclaration(each) && each.name !== undefined && names.has(each.name.text),
  );
}
