/**
 * What a change of some files may mean for the types in others.
 *
 *   changed file, its declarations the same           -> that file alone
 *   its declarations differ, or it is new or gone     -> and all that import it, directly or not
 *   it declares for everybody (no module), or a package changed     -> all
 */
import ts from "typescript";

/** What is compared: a program, and the files that each of its files imports. */
export interface Linked {
  readonly program: ts.Program;
  readonly imports: ReadonlyMap<ts.SourceFile, readonly ts.SourceFile[]>;
}

/** The files of `now` in which a type may differ from `before`, or whose text does. */
export function staleFiles(before: Linked, now: Linked): Set<ts.SourceFile> {
  const files = now.program.getSourceFiles();
  const changed = files.filter((file) => before.program.getSourceFile(file.fileName) !== file);
  const gone = before.program.getSourceFiles().filter((file) => !now.program.getSourceFile(file.fileName));
  const isGeneral = (file: ts.SourceFile): boolean =>
    isForEverybody(file) || (!now.imports.has(file) && !before.imports.has(file));
  if ([...changed, ...gone].some(isGeneral)) return new Set(files);
  const others = changed.filter((file) => {
    const old = before.program.getSourceFile(file.fileName);
    return (
      old === undefined || isForEverybody(old) || !declaresTheSame(before.program, old, now.program, file)
    );
  });
  const reached = importersOf([...others, ...gone], [before, now]);
  return new Set([...changed, ...files.filter((file) => reached.has(file.fileName))]);
}

/** Whether `file` declares names without an import of it. */
function isForEverybody(file: ts.SourceFile): boolean {
  const isAugmentation = (each: ts.Statement): boolean =>
    ts.isModuleDeclaration(each) &&
    (ts.isStringLiteral(each.name) || (each.flags & ts.NodeFlags.GlobalAugmentation) !== 0);
  return !ts.isExternalModule(file) || file.statements.some(isAugmentation);
}

function declaresTheSame(
  before: ts.Program,
  old: ts.SourceFile,
  now: ts.Program,
  file: ts.SourceFile,
): boolean {
  const declarations = declarationsOf(now, file);
  return declarations !== undefined && declarations === declarationsOf(before, old);
}

const known = new WeakMap<
  ts.SourceFile,
  { readonly program: ts.Program; readonly text: string | undefined }
>();

/** The declarations of `file`, as they would be written to a `.d.ts`; undefined where it has none, as in JavaScript. */
function declarationsOf(program: ts.Program, file: ts.SourceFile): string | undefined {
  if (!/\.m?ts$/.test(file.fileName)) return undefined;
  const cached = known.get(file);
  if (cached?.program === program) return cached.text;
  let text: string | undefined;
  const write = (_: string, written: string): void => {
    text = written;
  };
  // The last argument is TypeScript's own way to have declarations though the program emits nothing.
  (program.emit as ForcedEmit)(file, write, undefined, true, undefined, true);
  known.set(file, { program, text });
  return text;
}

type ForcedEmit = (...args: [...Parameters<ts.Program["emit"]>, forced: true]) => void;

/** The paths of all files that import one of `files` in one of `programs`, and of those that import these. */
function importersOf(files: readonly ts.SourceFile[], programs: readonly Linked[]): Set<string> {
  const importers = new Map<string, Set<string>>();
  for (const { imports } of programs) {
    for (const [file, targets] of imports) {
      for (const { fileName } of targets) {
        if (!importers.has(fileName)) importers.set(fileName, new Set());
        importers.get(fileName)!.add(file.fileName);
      }
    }
  }
  // The set grows while it is walked.
  const reached = new Set(files.map(({ fileName }) => fileName));
  for (const path of reached) for (const importer of importers.get(path) ?? []) reached.add(importer);
  return reached;
}
