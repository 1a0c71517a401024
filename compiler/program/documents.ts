/**
 * Parsed files. What a process reads of libraries and packages is parsed once, whatever program asks for it; of the
 * author's files, those whose text is the same as before.
 */
import { readdirSync } from "node:fs";
import { dirname } from "node:path";
import ts from "typescript";

/** Libraries, packages and our own sources, by path: they do not change while a process runs. */
const settled = new Map<string, ts.SourceFile>();

const KEPT_SERIALS = 4;

/** The files of one program and of those that follow it. */
export class Documents {
  readonly host: ts.CompilerHost;
  private readonly parsed = new Map<string, ts.SourceFile>();
  private serials: readonly { readonly text: string; readonly name: string }[] = [];
  private count = 0;
  /** What stood in the folders of the author's files. */
  private folders = new Map<string, string>();

  constructor(
    options: ts.CompilerOptions,
    /** Whether the file at a path is a source of this package. */
    private readonly isOurs: (path: string) => boolean,
  ) {
    const host = ts.createCompilerHost(options);
    host.jsDocParsingMode = ts.JSDocParsingMode.ParseForTypeErrors;
    const parse = host.getSourceFile.bind(host);
    host.getSourceFile = (path, settings) =>
      this.isSettled(path)
        ? settledFile(path, () => parse(path, settings))
        : this.authoredFile(path, host.readFile(path), settings);
    this.host = host;
  }

  /** Whether a file came to a folder of `paths`, or left it, since this was asked last: imports may lead elsewhere. */
  haveFoldersChanged(paths: readonly string[]): boolean {
    const folders = new Map<string, string>();
    for (const folder of new Set(paths.map(dirname))) folders.set(folder, namesIn(folder));
    const isSame = [...folders].every(([folder, names]) => this.folders.get(folder) === names);
    this.folders = folders;
    return !isSame;
  }

  /** A short name for `text`: the same as long as it is asked for now and then. */
  serialOf(text: string): string {
    let known = this.serials.find((each) => each.text === text);
    if (known === undefined) {
      known = { text, name: String(this.count++) };
      this.serials = [...this.serials.slice(1 - KEPT_SERIALS), known];
    }
    return known.name;
  }

  private isSettled(path: string): boolean {
    return path.includes("/node_modules/") || this.isOurs(path);
  }

  private authoredFile(
    path: string,
    text: string | undefined,
    settings: ts.ScriptTarget | ts.CreateSourceFileOptions,
  ): ts.SourceFile | undefined {
    if (text === undefined) return undefined;
    const known = this.parsed.get(path);
    if (known?.text === text) return known;
    const file = ts.createSourceFile(path, text, settings);
    this.parsed.set(path, file);
    return file;
  }
}

function namesIn(folder: string): string {
  try {
    return readdirSync(folder).join("/");
  } catch {
    return "";
  }
}

function settledFile(path: string, parse: () => ts.SourceFile | undefined): ts.SourceFile | undefined {
  const known = settled.get(path);
  if (known !== undefined) return known;
  const file = parse();
  if (file !== undefined) settled.set(path, file);
  return file;
}
