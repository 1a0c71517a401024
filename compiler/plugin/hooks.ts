/** Node's loader hooks: they run in a thread of their own, for as long as the program loads modules. */
import type { LoadHook, ResolveHook } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import { formatDiagnostic, isError } from "../diagnostics.js";
import { withMap } from "../emit/maps.js";
import { toJavaScript } from "./javascript.js";
import { Session } from "./session.js";

const session = new Session({});
/** The modules that run already, as they were compiled. */
const given = new Map<string, string>();

export const resolve: ResolveHook = (specifier, context, next) => {
  const importer = pathOf(context.parentURL);
  const isRelative = /^\.\.?\//.test(specifier) && importer?.endsWith("ts") === true;
  if (!isRelative || !session.isAuthored(importer)) return next(specifier, context);
  const found = session.relative(specifier, importer);
  if (found === undefined) throw refusal(missing(specifier, importer));
  return next(pathToFileURL(found).href, context);
};

export const load: LoadHook = (url, context, next) => {
  const file = pathOf(url);
  const path = file && session.sourceOf(file);
  if (path === undefined || !session.isAuthored(path)) return next(url, context);
  if (session.cover(path)) check();
  const module = session.load(path);
  if (module === undefined || !session.isChanged(path)) return next(url, context);
  given.set(path, module.code);
  const { code, map } = toJavaScript(module, path);
  return { format: "module", source: withMap(code, map!), shortCircuit: true };
};

function pathOf(url: string | undefined): string | undefined {
  return url?.startsWith("file:") === true ? fileURLToPath(url) : undefined;
}

/** Says what the compiler said of the modules that were added last. */
function check(): void {
  const { diagnostics, modules } = session.compiled;
  const [errors, warnings] = [true, false].map((kind) =>
    diagnostics.filter((each) => isError(each) === kind).map((each) => formatDiagnostic(each, process.cwd())),
  );
  for (const warning of warnings!) process.stderr.write(`${warning}\n`);
  for (const [path, code] of given) {
    if (errors!.length === 0 && modules.get(path)?.code !== code) errors!.push(tooLate(path));
  }
  if (errors!.length > 0) throw refusal(errors!.join("\n"));
}

function tooLate(path: string): string {
  const what = "the module runs already, and one that is imported now changes what it is compiled to";
  return line("C901", path, 0, `${what}. Import that one first, by its name`);
}

function missing(specifier: string, importer: string): string {
  const at = session.compiled.program.textOf(importer)?.indexOf(specifier) ?? -1;
  return line("C900", importer, Math.max(at - 1, 0), `Could not resolve "${specifier}"`);
}

/** A diagnostic of our own, about the text of a file from an offset on. */
function line(code: string, file: string, offset: number, message: string): string {
  const before = (session.compiled.program.textOf(file) ?? "").slice(0, offset).split("\n");
  const place = { file, line: before.length, column: before.at(-1)!.length + 1 };
  return formatDiagnostic({ code, severity: "error", ...place, message }, process.cwd());
}

/** An error that the main thread knows; see register.ts. */
function refusal(message: string): Error {
  const error = Object.assign(new Error(message), { isDiagnostic: true });
  error.stack = message;
  return error;
}
