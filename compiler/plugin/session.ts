/**
 * What all plugins share: the options, a program that is compiled again at each change, and where a module comes from.
 *
 *   author's module   -> the compiler
 *   dormouse, ours    -> the package's sources, with the parts that a target replaces or generates
 *   everything else   -> the bundler
 */
import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { Backend } from "../emit/backends.js";
import { compile, type Compiled } from "../compile.js";
import { isError, type Diagnostic } from "../diagnostics.js";
import {
  isAsyncSource,
  isAuthoredPath,
  isOwnSource,
  packagePaths,
  packageRoot,
  sourceOf,
} from "../packages.js";
import type { Program } from "../program/program.js";

export interface PluginOptions {
  /**
   * The module with the program's `main`. It must run on a board: its types are checked too, against what boards have.
   * Without it, the inputs of the bundler are compiled, whatever they are; their types are for `tsc` to check.
   */
  readonly entry?: string;
  /** Which form the output has; default that of hosts: `arena`, or `shared` for a program of which threads run tasks. */
  readonly backend?: Backend;
  /** Whether the engine has iterators; default true. */
  readonly hasIterators?: boolean;
  /** As `CompileOptions.evenPinned`. */
  readonly evenPinned?: boolean;
  /** As `CompileOptions.mapsAll`. */
  readonly mapsAll?: boolean;
  /** The root of the dormouse package; default the one that is installed. */
  readonly root?: string;
  /** Our modules that are replaced for the target: path from the root without extension -> path of the other. */
  readonly replace?: Readonly<Record<string, string | ((compiled: Compiled) => string | undefined)>>;
  /** A module with generated text in place of a file's. */
  readonly virtual?: Readonly<Record<string, (compiled: Compiled) => string>>;
  /** Told what was compiled. */
  readonly onCompiled?: (compiled: Compiled) => void;
}

/** TypeScript in place of what stands in a file. */
export interface Module {
  readonly code: string;
  readonly map: object | null;
}

type Result = Compiled & { readonly program: Program };

/** One program, for as long as a bundler watches it. */
export class Session {
  private readonly root: string;
  private readonly packages: Readonly<Record<string, string>>;
  private readonly entry: string | undefined;
  private readonly modules = new Set<string>();
  private latest: Result | undefined;
  /** Whether {@link latest} is of files that changed since. */
  private isStale = true;

  constructor(private readonly options: PluginOptions) {
    this.root = options.root ?? packageRoot;
    this.packages = packagePaths(this.root);
    this.entry = options.entry === undefined ? undefined : resolve(options.entry);
  }

  /** Names modules to compile besides the entry: all that the author has a hand in. */
  add(paths: readonly string[]): void {
    for (const path of paths) if (this.isAuthored(path) && path !== this.entry) this.modules.add(path);
  }

  /** Compiles the program as it is now. */
  compile(): Result {
    const { backend, hasIterators = true, evenPinned = false, mapsAll = false } = this.options;
    const { entry, packages } = this;
    const how = { backend, hasIterators, evenPinned, mapsAll };
    const what = { entry, modules: [...this.modules], ...how, packages };
    this.latest = compile(what, this.latest?.program);
    this.isStale = false;
    this.options.onCompiled?.(this.latest);
    return this.latest;
  }

  /** What was compiled last. */
  get compiled(): Result {
    return this.latest === undefined || this.isStale ? this.compile() : this.latest;
  }

  /** Compiles again before the next use. */
  invalidate(): void {
    this.isStale = true;
  }

  /** Compiles the module at `path` too; whether it was not in the program before. */
  cover(path: string): boolean {
    if (isAsyncSource(path, this.root) || this.compiled.program.textOf(path) !== undefined) return false;
    this.add([path]);
    this.compile();
    return true;
  }

  /** Whether the module at `path` is not JavaScript as it stands: it has types, or functions that are compiled. */
  isChanged(path: string): boolean {
    return path.endsWith("ts") || this.compiled.functions.some(({ file }) => file === path);
  }

  /** What the compiler refuses of the module at `path`. */
  errorsIn(path: string): Diagnostic[] {
    return this.compiled.diagnostics.filter((each) => each.file === path && isError(each));
  }

  /** The author's files in it. */
  get files(): string[] {
    return this.compiled.program.authored.map((file) => file.fileName);
  }

  /** The text of each. */
  get texts(): string[] {
    return this.compiled.program.authored.map((file) => file.text);
  }

  /** The author's line that `diagnostic` is about. */
  lineOf({ file, line }: Diagnostic): string {
    return this.compiled.program.textOf(file)?.split(/\r?\n/)[line - 1] ?? "";
  }

  /** Whether the file at `path` is a module of the author, as far as its name tells. */
  isAuthored(path: string): boolean {
    return isAuthoredPath(path, this.root);
  }

  /** The source that is compiled in the place of the file at `path`: itself, or that of a module of ours with async functions. */
  sourceOf(path: string): string {
    return sourceOf(path, this.root);
  }

  /** The file that `dormouse` or one of its parts is imported from. */
  packaged(specifier: string): string | undefined {
    const path = this.packages[specifier];
    return path === undefined ? undefined : this.replaced(path);
  }

  /** The file that a relative import leads to: TypeScript's extension may be left out, or be that of its output. */
  relative(specifier: string, importer: string): string | undefined {
    const path = resolve(dirname(importer), specifier);
    const candidates = [path, path.replace(/\.(m?)js$/, ".$1ts"), ...EXTENSIONS.map((each) => path + each)];
    const found = candidates.find((each) => existsSync(each) && statSync(each).isFile());
    return found === undefined ? undefined : this.replaced(found);
  }

  /** The file of the author to which a bare import leads: by `paths` or `baseUrl` of tsconfig.json, or in a package of a workspace. */
  named(specifier: string, importer: string): string | undefined {
    if (!this.isAuthored(importer) || /^([./]|node:|dormouse(\/|$))/.test(specifier)) return undefined;
    return this.compiled.program.leadsTo(specifier, importer);
  }

  /** What stands for the file at `path`: another one of our modules, or itself. */
  replaced(path: string): string {
    const choice = this.options.replace?.[this.own(path)];
    const other = typeof choice === "function" ? choice(this.compiled) : choice;
    return other === undefined ? path : `${this.root}/${other}.ts`;
  }

  /** The module at `path` as the compiler or a generator gives it; undefined leaves it to the bundler. */
  load(path: string): Module | undefined {
    const own = this.own(path);
    if (own === WORKER_SOURCE && this.options.root === undefined) return this.workerSource();
    const virtual = this.options.virtual?.[own];
    return virtual === undefined
      ? this.compiled.modules.get(path)
      : { code: virtual(this.compiled), map: null };
  }

  /** The text of the module that worker threads run, which builds of the package put into dist. */
  private workerSource(): Module | undefined {
    const built = `${this.root}/dist/${WORKER_SOURCE}.js`;
    return existsSync(built) ? { code: readFileSync(built, "utf8"), map: null } : undefined;
  }

  /** As {@link load}, and one of our sources as it is. */
  loadAll(path: string): Module | undefined {
    const isOurs = isAsyncSource(path, this.root) || (isOwnSource(path, this.root) && path.endsWith(".ts"));
    return this.load(path) ?? (isOurs ? { code: readFileSync(path, "utf8"), map: null } : undefined);
  }

  /** The path from the package's root, without extension. */
  private own(path: string): string {
    return path.startsWith(`${this.root}/`) ? path.slice(this.root.length + 1).replace(/\.ts$/, "") : path;
  }
}

const WORKER_SOURCE = "targets/node/threads/worker-source";
const EXTENSIONS = [".ts", ".mts", ".js", ".mjs", "/index.ts", "/index.js"];
