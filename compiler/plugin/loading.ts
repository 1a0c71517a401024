/** What Node's loader hooks answer for the author's modules; the compiler is loaded with it. */
import { formatDiagnostic, isError } from "../diagnostics.js";
import { withMap } from "../emit/maps.js";
import { toJavaScript } from "./javascript.js";
import { Session } from "./session.js";

const session = new Session({});
/** The modules that run already, as they were compiled. */
const given = new Map<string, string>();

/** The file that `specifier` leads to from the author's module at `importer`; undefined where Node knows. */
export function fileOf(specifier: string, importer: string): string | undefined {
  if (!/^\.\.?\//.test(specifier)) return session.named(specifier, importer);
  const found = session.relative(specifier, importer);
  if (found === undefined) throw refusal(missing(specifier, importer));
  return found;
}

/** JavaScript for the module at `path`, with its source map; undefined where it is that as it stands. */
export function compiled(path: string): string | undefined {
  if (session.cover(path)) check();
  const module = session.load(path);
  if (module === undefined || !session.isChanged(path)) return undefined;
  given.set(path, module.code);
  const { code, map } = toJavaScript(module, path);
  return withMap(code, map!);
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
