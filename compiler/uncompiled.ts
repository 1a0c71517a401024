/**
 * Programs without this compiler: TypeScript turns their async functions into generators, and core/dynamic.ts runs
 * those. Slow, and it allocates, but nothing of it is ours: what compiled code does is compared with it.
 *
 *   async function f() { await x }     -> function f() { return __awaiter(this, ..., function* () { yield x }) }
 *   select({ a: f(), tick })           -> select({ a: inPlace(f()), tick })      what stands in an arm belongs to it
 */
import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import type { Plugin } from "esbuild";
import ts from "typescript";
import { COMBINATORS } from "./combinators.js";
import { isAsyncSource, isOwnSource, packagePaths, packageRoot } from "./packages.js";

export interface UncompiledOptions {
  /** The root of the dormouse package; default the one that is installed. */
  readonly root?: string;
}

/** The helpers that lowered code imports: TypeScript's, but for the one that runs async functions. */
const HELPERS = "dormouse-helpers";

/** Makes the plugin: an alternative to `dormouse` for hosts. */
export function uncompiled({ root = packageRoot }: UncompiledOptions = {}): Plugin {
  const packages = packagePaths(root);
  return {
    name: "dormouse-uncompiled",
    setup(build) {
      build.onResolve({ filter: /^dormouse(\/|$)/ }, (args) => {
        const path = packages[args.path];
        return path === undefined ? undefined : { path };
      });
      build.onResolve({ filter: /^tslib$/ }, ({ path, namespace }) =>
        namespace === HELPERS ? undefined : { path, namespace: HELPERS },
      );
      build.onLoad({ filter: /.*/, namespace: HELPERS }, () => ({
        contents: `export * from "tslib";
          export { awaiter as __awaiter, disposeResources as __disposeResources, inPlace as __inPlace } from "./core/dynamic.js";
          export { asyncGenerator as __asyncGenerator, asyncValues as __asyncValues, awaitMark as __await, delegator as __asyncDelegator } from "./core/dynamic-generators.js";`,
        resolveDir: root,
      }));
      build.onLoad({ filter: /\.[cm]?[jt]s$/ }, (args) => {
        const isAuthored = !args.path.includes("/node_modules/") && !isOwnSource(args.path, root);
        if (!isAuthored && !isAsyncSource(args.path, root)) return undefined;
        const contents = lowered(args.path, readFileSync(args.path, "utf8"));
        return { contents, loader: "js", resolveDir: dirname(args.path) };
      });
    },
  };
}

function lowered(path: string, text: string): string {
  const { outputText } = ts.transpileModule(withMarkedArms(path, text), {
    fileName: path,
    compilerOptions: {
      target: ts.ScriptTarget.ES2015,
      module: ts.ModuleKind.ESNext,
      inlineSourceMap: true,
      inlineSources: true,
      importHelpers: true,
      useDefineForClassFields: true,
    },
  });
  return `import { __inPlace } from "tslib"; ${outputText}`;
}

/** Wraps the calls that are arms. Lines stay where they are. */
function withMarkedArms(path: string, text: string): string {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const combinators = combinatorsOf(file);
  const edits: { at: number; text: string }[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && combinators.has(node.expression.getText())) {
      for (const arm of armsOf(node)) {
        edits.push({ at: arm.getStart(), text: "__inPlace(" }, { at: arm.end, text: ")" });
      }
    }
    if (ts.isCallExpression(node)) edits.push(...withoutOwnName(node));
    ts.forEachChild(node, visit);
  };
  visit(file);
  edits.sort((a, b) => b.at - a.at);
  return edits.reduce((out, edit) => out.slice(0, edit.at) + edit.text + out.slice(edit.at), text);
}

/** A function that `recursive` is given calls itself by the name of the `const`, which counts its levels. */
function withoutOwnName(call: ts.CallExpression): { at: number; text: string }[] {
  const body = call.arguments[0];
  const isMeant = /(^|\.)recursive$/.test(call.expression.getText()) && body !== undefined;
  if (!isMeant || !ts.isFunctionExpression(body) || body.name === undefined) return [];
  const { text } = body.name;
  if (!ts.isVariableDeclaration(call.parent) || call.parent.name.getText() !== text) return [];
  // Commented out, so that lines stay where they are; as a property it keeps its name.
  const comment = [
    { at: body.name.getStart(), text: "/*" },
    { at: body.name.end, text: "*/" },
  ];
  return [{ at: body.getStart(), text: `{ ${text}: ` }, ...comment, { at: body.end, text: ` }.${text}` }];
}

/** How the file calls `select`, `timeout` and their kin. */
function combinatorsOf(file: ts.SourceFile): Set<string> {
  const names = new Set<string>();
  for (const statement of file.statements) {
    if (
      !ts.isImportDeclaration(statement) ||
      (statement.moduleSpecifier as ts.StringLiteral).text !== "dormouse"
    )
      continue;
    const bindings = statement.importClause?.namedBindings;
    if (bindings === undefined) continue;
    if (ts.isNamespaceImport(bindings)) {
      for (const name of COMBINATORS) names.add(`${bindings.name.text}.${name}`);
      continue;
    }
    for (const { name, propertyName } of bindings.elements) {
      if (COMBINATORS.includes((propertyName ?? name).text)) names.add(name.text);
    }
  }
  return names;
}

function armsOf(call: ts.CallExpression): ts.Expression[] {
  const first = call.arguments[0];
  if (first === undefined) return [];
  if (!ts.isObjectLiteralExpression(first)) return [first].filter(ts.isCallExpression);
  const values = first.properties.filter(ts.isPropertyAssignment).map((property) => property.initializer);
  return values.filter(ts.isCallExpression);
}
