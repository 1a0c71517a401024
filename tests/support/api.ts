/**
 * The public API as users see it: what the entries of package.json export, by their declarations. Private members, those
 * marked `@internal`, and names that end in `_` are no part of it.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

/** What one entry exports. */
export interface Entry {
  /** `dormouse`, `dormouse/hal` and the like. */
  readonly name: string;
  /** The text of its declarations, by name. */
  readonly text: string;
  /** What has no docstring: `Channel`, `Channel.send`. */
  readonly undocumented: readonly string[];
}

interface Manifest {
  readonly exports: Readonly<Record<string, { readonly types: string }>>;
}

/** What programs import: the others are for compiled code and tools. */
const ENTRIES = [".", "./hal", "./sim", "./node", "./espruino", "./moddable"];

/** The API of each entry. */
export function readApi(): Entry[] {
  const manifest = JSON.parse(readFileSync(join(DORMOUSE_ROOT, "package.json"), "utf8")) as Manifest;
  const config = ts.getParsedCommandLineOfConfigFile(join(DORMOUSE_ROOT, "tsconfig.build.json"), undefined, {
    ...ts.sys,
    onUnRecoverableConfigFileDiagnostic: (problem) => {
      throw new Error(ts.flattenDiagnosticMessageText(problem.messageText, "\n"));
    },
  });
  if (config === undefined) throw new Error("tsconfig.build.json cannot be read");
  const declared = declarations(config);
  const checker = declared.getTypeChecker();
  return ENTRIES.map((key) => {
    const types = manifest.exports[key]?.types.replace("./dist/", "") ?? "";
    const file = declared.getSourceFile(join(DORMOUSE_ROOT, types));
    const module = file && checker.getSymbolAtLocation(file);
    if (module === undefined) throw new Error(`${key}: no declarations for ${types}`);
    return entryOf(`dormouse${key.slice(1)}`, checker, module);
  });
}

/** A program of what the compiler declares, in the place of the sources. */
function declarations({ fileNames, options }: ts.ParsedCommandLine): ts.Program {
  const texts = new Map<string, string>();
  // Beside the sources, so that what they import is found.
  const { declarationDir: _, outDir: __, ...beside } = options;
  const program = ts.createProgram(fileNames, { ...beside, stripInternal: true, noEmitOnError: false });
  program.emit(undefined, (path, text) => texts.set(path, text), undefined, true);
  const host = ts.createCompilerHost(options);
  const files = { ...host };
  const isReplaced = (path: string): boolean => texts.has(path.replace(/\.ts$/, ".d.ts"));
  host.fileExists = (path) => texts.has(path) || (!isReplaced(path) && files.fileExists(path));
  host.readFile = (path) => texts.get(path) ?? files.readFile(path);
  host.getSourceFile = (path, version) => {
    const text = texts.get(path);
    if (text === undefined) return files.getSourceFile(path, version);
    return ts.createSourceFile(path, text, version, true);
  };
  return ts.createProgram([...texts.keys()], { ...options, noEmit: true, paths: {} }, host);
}

function entryOf(name: string, checker: ts.TypeChecker, module: ts.Symbol): Entry {
  const exported = checker.getExportsOfModule(module).map((symbol) => ({
    name: symbol.name,
    nodes: declarationsOf(checker, symbol),
  }));
  exported.sort((a, b) => (a.name < b.name ? -1 : 1));
  const bodies = exported.map(({ nodes }) => nodes.map(textOf).join("\n\n"));
  return {
    name,
    text: `/** What "${name}" exports; printed from the sources by \`npm test -- --update unit/api\`. */\n${bodies.join("\n\n")}\n`,
    undocumented: exported.flatMap((each) => undocumented(checker, each.name, each.nodes)),
  };
}

function declarationsOf(checker: ts.TypeChecker, symbol: ts.Symbol): ts.Declaration[] {
  const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  return target.declarations ?? [];
}

/** A declaration with its docstring, without what is not public. */
function textOf(declaration: ts.Declaration): string {
  const node = ts.isVariableDeclaration(declaration) ? declaration.parent.parent : declaration;
  const source = node.getSourceFile().text;
  let at = docStart(node);
  let text = "";
  for (const member of membersOf(node)) {
    if (isPublic(member)) continue;
    text += source.slice(at, member.getFullStart());
    at = member.end;
  }
  return text + source.slice(at, node.end);
}

function docStart(node: ts.Node): number {
  const [first] = ts.getJSDocCommentsAndTags(node);
  return first === undefined
    ? node.getStart()
    : Math.min(first.getFullStart(), node.getStart(undefined, true));
}

/** Names without a docstring: of a function with overloads one is enough, and that of a contract it keeps. */
function undocumented(checker: ts.TypeChecker, name: string, nodes: readonly ts.Declaration[]): string[] {
  const found = nodes.some(isDocumented) ? [] : [name];
  for (const node of nodes) {
    const members = membersOf(node).filter(isPublic);
    const inherited = contractsOf(checker, node).flatMap(membersOf);
    const documented = new Set([...members, ...inherited].filter(isDocumented).map(nameOf));
    for (const member of members) {
      const own = nameOf(member);
      if (own !== undefined && !documented.has(own)) found.push(`${name}.${own}`);
    }
  }
  return [...new Set(found)];
}

/** The declarations of what a class implements. */
function contractsOf(checker: ts.TypeChecker, node: ts.Declaration): ts.Declaration[] {
  if (!ts.isClassDeclaration(node)) return [];
  const types = (node.heritageClauses ?? []).flatMap((clause) => clause.types);
  return types.flatMap((type) => checker.getTypeAtLocation(type).getSymbol()?.declarations ?? []);
}

function membersOf(node: ts.Node): readonly (ts.ClassElement | ts.TypeElement)[] {
  return ts.isClassDeclaration(node) || ts.isInterfaceDeclaration(node) ? [...node.members] : [];
}

function nameOf(member: ts.ClassElement | ts.TypeElement): string | undefined {
  return member.name?.getText();
}

function isPublic(member: ts.ClassElement | ts.TypeElement): boolean {
  const flags = ts.getCombinedModifierFlags(member);
  if (flags & (ts.ModifierFlags.Private | ts.ModifierFlags.Protected)) return false;
  return nameOf(member)?.endsWith("_") !== true;
}

function isDocumented(node: ts.Node): boolean {
  const described = ts.isVariableDeclaration(node) ? node.parent.parent : node;
  return ts.getJSDocCommentsAndTags(described).some((each) => ts.isJSDoc(each) && each.getText().length > 7);
}
