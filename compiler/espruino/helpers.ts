/**
 * What lowered modules import: functions for syntax, and builtins that Espruino has not.
 *
 * TypeScript's own helpers do not run there: they call functions before their line and use `Array.prototype.slice`.
 * They are one virtual module, so that the bundler keeps only what a program uses, once. Methods are put on prototypes,
 * which no bundler can trim: each program asks for a module that has just its own ({@link patchModule}).
 */
import { readFileSync } from "node:fs";
import type { Plugin } from "esbuild";
import { ARRAY_METHODS } from "./builtins/arrays.js";
import { BASE_ERRORS, DATES_PATCH, ERRORS_PATCH, GLOBALS } from "./builtins/globals.js";
import { JSON_HELPERS } from "./builtins/json.js";
import { REGEXP } from "./builtins/matcher.js";
import { OTHER_METHODS } from "./builtins/others.js";
import { STATICS } from "./builtins/statics.js";
import { STRING_METHODS } from "./builtins/strings.js";
import { SYNTAX_HELPERS } from "./builtins/syntax.js";
import { PROTOTYPES, type Method } from "./builtins/table.js";
import type { Kind } from "./evident.js";

/** The module that lowered code imports from; {@link helpersPlugin} answers for it. */
export const HELPERS_MODULE = "dormouse:espruino-helpers";

/** The variable that stands for a builtin of ours: `__Math_trunc`. */
export const helperName = (builtin: string): string => `__${builtin.replaceAll(".", "_")}`;

const asVariables = (texts: Readonly<Record<string, string>>): [string, string][] =>
  Object.entries(texts).map(([builtin, text]) => [
    helperName(builtin),
    `var ${helperName(builtin)} = ${text};`,
  ]);

/** Each helper's declaration, those first that others need at once. */
export const HELPERS: Readonly<Record<string, string>> = Object.fromEntries([
  ...Object.entries(SYNTAX_HELPERS),
  ...Object.entries(JSON_HELPERS),
  ...asVariables(STATICS),
  ...asVariables(GLOBALS),
  ...asVariables(BASE_ERRORS),
  ["__RegExp", REGEXP],
]);

/** The module that reads regular expressions at run time: the build's own. */
const PARSER_MODULE = `${HELPERS_MODULE}/parser`;

/** All helpers as one ES module. */
const HELPERS_SOURCE = [
  `import { parseRegExp } from "${PARSER_MODULE}";`,
  ...Object.values(HELPERS).map((text) => `export ${text}`),
].join("\n");

/** Methods by name. */
export const METHODS: Readonly<Record<string, readonly Method[]>> = merged(
  ARRAY_METHODS,
  STRING_METHODS,
  OTHER_METHODS,
);

function merged(...tables: Readonly<Record<string, readonly Method[]>>[]): Record<string, readonly Method[]> {
  const all: Record<string, readonly Method[]> = {};
  for (const table of tables) {
    for (const [name, methods] of Object.entries(table)) all[name] = [...(all[name] ?? []), ...methods];
  }
  return all;
}

/** One thing that is put on prototypes: `kind.name` of {@link METHODS}, or one of {@link WHOLE_PATCHES}. */
export type Patch = `${Kind}.${string}` | keyof typeof WHOLE_PATCHES;

/** What is put in place for a whole kind of values. */
const WHOLE_PATCHES = {
  errors: ERRORS_PATCH,
  dates: DATES_PATCH,
  names: 'Function.prototype.name = "";',
} as const;

/** The import of a module that puts these patches in place. */
export function patchModule(patches: ReadonlySet<Patch>): string {
  return `${HELPERS_MODULE}?${[...patches].sort().join("&")}`;
}

function patchSource(patches: ReadonlySet<string>): string {
  const texts: string[] = Object.entries(WHOLE_PATCHES).flatMap(([name, text]) =>
    patches.has(name) ? [text] : [],
  );
  for (const [name, methods] of Object.entries(METHODS)) {
    for (const method of methods) {
      const kinds = method.kinds.filter((kind) => patches.has(`${kind}.${name}`));
      if (kinds.length > 0) texts.push(patchText(name, kinds, method));
    }
  }
  return texts.join("\n");
}

function patchText(name: string, kinds: readonly Kind[], { text, replaces }: Method): string {
  const places = kinds.map((kind) => `${PROTOTYPES[kind]}.prototype[${JSON.stringify(name)}]`);
  const set = `${places.join(" = ")} = ${text};`;
  if (replaces === undefined || !text.includes("native")) return set;
  const native = `var native = ${kinds.includes("array") ? "[]" : '""'}[${JSON.stringify(name)}];`;
  return `(function () {\n${native}\n${set}\n})();`;
}

/** For the helpers that are modules of ours. */
export interface HelpersOptions {
  /** Lowers a module's text. */
  readonly lower: (code: string, fileName: string) => { readonly code: string };
  /** The folder that `compiler` is in. */
  readonly root: string;
  /** Whether errors of classes that the engine lacks know their calls, as its own do. */
  readonly stacks?: boolean | undefined;
}

/** Lets esbuild find {@link HELPERS_MODULE}. */
export function helpersPlugin(options: HelpersOptions): Plugin {
  const namespace = "dormouse-espruino-helpers";
  return {
    name: namespace,
    setup(build) {
      build.onResolve({ filter: /^dormouse:espruino-helpers/ }, (args) => ({
        path: args.path,
        namespace,
        sideEffects: args.path.includes("?"),
      }));
      build.onLoad({ filter: /.*/, namespace }, ({ path }) => ({
        contents: sourceOf(path, options),
        loader: "js",
      }));
    },
  };
}

function sourceOf(path: string, { lower, root, stacks }: HelpersOptions): string {
  if (path === HELPERS_MODULE)
    return HELPERS_SOURCE.replace("// @stack\n", stacks === true ? "this.stack = Error().stack;\n" : "");
  if (path === PARSER_MODULE)
    return lower(readFileSync(`${root}/compiler/espruino/regexp/parse.ts`, "utf8"), "parse.ts").code;
  const patches = path.slice(HELPERS_MODULE.length + 1).split("&");
  const contents = patchSource(new Set(patches));
  return withImports(contents);
}

/** Patches call helpers too. */
function withImports(contents: string): string {
  const names = Object.keys(HELPERS).filter((name) => new RegExp(`\\b${name}\\b`).test(contents));
  return names.length === 0
    ? contents
    : `import { ${names.join(", ")} } from "${HELPERS_MODULE}";\n${contents}`;
}
