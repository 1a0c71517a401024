/**
 * The program as it is read: the author's files, what each of them imports, TypeScript's view of them, and what was noted
 * of each before and still holds.
 */
import { dirname, join } from "node:path";
import ts from "typescript";
import { staleFiles, type Linked } from "./changes.js";
import { Documents } from "./documents.js";
import { Notes } from "./notes.js";
import { serial } from "./serial.js";
import { exportsAny, namesImported } from "./own-imports.js";
import { isAsyncSource, isOwnSource, type PackagePaths } from "../packages.js";
import { mappedFor, optionsFor } from "./options.js";
import { steady } from "./steady-checker.js";
import { importsOf } from "../syntax.js";

/** Where a program starts. */
export interface Roots {
  /** The module with `main`. */
  readonly entry?: string | undefined;
  /** Modules for hosts. */
  readonly modules?: readonly string[] | undefined;
}

/** See the head of this file. */
export class Sources implements Linked {
  readonly program: ts.Program;
  /** The files that the author wrote, all but declarations and our own sources; and those of ours that are compiled with them. */
  readonly authored: readonly ts.SourceFile[];
  /** The files of the author that each of them imports. */
  readonly imports: ReadonlyMap<ts.SourceFile, readonly ts.SourceFile[]>;
  protected readonly checker: ts.TypeChecker;
  private readonly documents: Documents;
  protected readonly files: ReadonlySet<ts.SourceFile>;
  private readonly onBoards: ReadonlySet<ts.SourceFile>;
  protected readonly notes: ReadonlyMap<ts.SourceFile, Notes>;
  private readonly stamps = new Map<ts.SourceFile, string>();
  /** Whether an import leads nowhere, and may lead somewhere the next time. */
  private hasLooseImports = false;

  /** Reads the program at `roots`; what did not change since `previous` is taken from there. */
  constructor(
    protected readonly roots: Roots,
    private readonly paths: PackagePaths,
    previous?: Sources,
  ) {
    const { entry, modules = [] } = roots;
    const options = optionsFor(paths, mappedFor(entry ?? modules[0]));
    this.documents = previous?.documents ?? new Documents(options, (path) => this.isOurPath(path));
    const { host } = this.documents;
    const isMoved = previous?.areImportsMoved() ?? false;
    host.hasInvalidatedResolutions = () => isMoved;
    const core = dirname(paths["dormouse"]!);
    const ambient = ["async-iterable.d.ts", "disposable.d.ts"].map((name) => join(core, name));
    const names = [...(entry === undefined ? [] : [entry]), ...modules, ...ambient];
    this.program = ts.createProgram(names, options, host, previous?.program);
    this.checker = steady(this.program.getTypeChecker());
    this.files = new Set(this.program.getSourceFiles());
    const all = this.program.getSourceFiles().filter((file) => this.isAuthored(file));
    const imported = new Set(all.flatMap((file) => (this.isAsync(file) ? [] : namesImported(file))));
    this.authored = all.filter((file) => !this.isAsync(file) || exportsAny(file, imported));
    this.imports = new Map(this.authored.map((file) => [file, this.importedBy(file)]));
    this.onBoards = this.reachedFrom(entry);
    this.notes = this.notesAfter(previous);
  }

  /** Notes on each file: those that were taken before, unless what they say may be wrong now. */
  private notesAfter(previous: Sources | undefined): Map<ts.SourceFile, Notes> {
    const stale = previous === undefined ? null : staleFiles(previous, this);
    return new Map(
      this.authored.map((file) => {
        const known = stale === null || stale.has(file) ? undefined : previous!.notes.get(file);
        return [file, known ?? new Notes()];
      }),
    );
  }

  private areImportsMoved(): boolean {
    const paths = [...this.imports.keys()].map(({ fileName }) => fileName);
    return this.documents.haveFoldersChanged(paths) || this.hasLooseImports;
  }

  private importedBy(file: ts.SourceFile): ts.SourceFile[] {
    const found: ts.SourceFile[] = [];
    for (const name of importsOf(file)) {
      const target = this.checker.getSymbolAtLocation(name)?.declarations?.[0]?.getSourceFile();
      if (target === undefined) this.hasLooseImports = true;
      else if (this.isAuthored(target)) found.push(target);
    }
    return found;
  }

  private reachedFrom(entry: string | undefined): Set<ts.SourceFile> {
    const file = entry === undefined ? undefined : this.program.getSourceFile(entry);
    // The set grows while it is walked.
    const found = new Set(file === undefined ? [] : [file]);
    for (const each of found) for (const target of this.imports.get(each) ?? []) found.add(target);
    return found;
  }

  /** What `make` makes of `file`: as before where neither the file, its types nor the `stamp` changed. */
  noted<T>(file: ts.SourceFile, name: string, make: () => T, stamp = ""): T {
    return this.notes.get(file)!.value(name, stamp, make);
  }

  /** A text that stands for `file` and all that it imports, directly or not, as they are now. */
  stampOf(file: ts.SourceFile): string {
    const known = this.stamps.get(file);
    if (known !== undefined) return known;
    // The set grows while it is walked.
    const reached = new Set([file]);
    for (const each of reached) for (const target of this.imports.get(each) ?? []) reached.add(target);
    const stamp = [...reached].map(serial).join();
    this.stamps.set(file, stamp);
    return stamp;
  }

  /** A number that stands for `text` from now on. */
  serialOf(text: string): string {
    return this.documents.serialOf(text);
  }

  protected answer<T>(question: string, node: ts.Node, ask: () => T): T {
    const notes = this.notes.get(node.getSourceFile());
    return notes === undefined ? ask() : notes.answer(question, node, ask);
  }

  /** Whether `file` must run on a board: it is the entry's module, or imported by such a one. */
  isForBoards(file: ts.SourceFile): boolean {
    return this.onBoards.has(file);
  }

  /** Whether `file` is one of ours with async functions. */
  isAsync({ fileName }: ts.SourceFile): boolean {
    return this.isAsyncPath(fileName);
  }

  /** As {@link isAsync}. */
  isAsyncPath(path: string): boolean {
    return isAsyncSource(path, this.root);
  }

  private isAuthored(file: ts.SourceFile): boolean {
    return !file.isDeclarationFile && !this.isOurs(file);
  }

  /** TypeScript's complaints about `file`; those about types only when it must run on a board. */
  complaintsOf(file: ts.SourceFile): readonly ts.Diagnostic[] {
    const types = this.noted(file, "complaints", () => this.program.getSemanticDiagnostics(file));
    const isChecked = this.isForBoards(file);
    return [...this.program.getSyntacticDiagnostics(file), ...(isChecked ? types : [])];
  }

  /** The text of the file at `path`. */
  textOf(path: string): string | undefined {
    return this.program.getSourceFile(path)?.text;
  }

  /** The file of the author to which `name` leads where the file at `importer` imports it: by settings, or in a package beside. */
  leadsTo(name: string, importer: string): string | undefined {
    const options = this.program.getCompilerOptions();
    const found = ts.resolveModuleName(name, importer, options, this.documents.host).resolvedModule;
    const file = found && this.program.getSourceFile(found.resolvedFileName);
    return file !== undefined && this.isAuthored(file) ? file.fileName : undefined;
  }

  /** The module with the program's main. */
  get entryFile(): ts.SourceFile | undefined {
    return this.roots.entry === undefined ? undefined : this.program.getSourceFile(this.roots.entry);
  }

  protected isOurs(file: ts.SourceFile): boolean {
    return this.isOurPath(file.fileName);
  }

  private isOurPath(path: string): boolean {
    return isOwnSource(path, this.root);
  }

  /** The root of our package. */
  private get root(): string {
    const entry = this.paths["dormouse"]!;
    return entry.slice(0, entry.lastIndexOf("/core/"));
  }
}
