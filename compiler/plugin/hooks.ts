/**
 * Node's loader hooks: they run in a thread of their own, for as long as the program loads modules. Those of a worker
 * answer as those of the main thread did; the compiler is loaded where a module is new.
 */
import { isBuiltin, type InitializeHook, type LoadHook, type ResolveHook } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import { isAuthoredPath, packageRoot, sourceOf } from "../packages.js";
import { Answers } from "./answers.js";

/** What register.ts gives. */
export interface HooksData {
  readonly answers: SharedArrayBuffer;
  readonly isMain: boolean;
}

type Loading = typeof import("./loading.js");

/** What the hooks of the main thread answered. */
let answers: Answers;
let isMain = true;

export const initialize: InitializeHook<HooksData> = (data) => {
  answers = new Answers(data.answers);
  ({ isMain } = data);
};

export const resolve: ResolveHook = async (specifier, context, next) => {
  const importer = pathOf(context.parentURL);
  if (importer === undefined || !isAuthoredPath(importer, packageRoot) || !mayLead(specifier, importer))
    return next(specifier, context);
  const file = await answer(`${specifier} from ${importer}`, ({ fileOf }) => fileOf(specifier, importer));
  return next(file === undefined ? specifier : pathToFileURL(file).href, context);
};

/** Whether TypeScript may know of a file for `specifier` where Node does not. */
function mayLead(specifier: string, importer: string): boolean {
  if (/^\.\.?\//.test(specifier)) return importer.endsWith("ts");
  return !isBuiltin(specifier) && !/^(dormouse(\/|$)|\/|[a-z]+:)/.test(specifier);
}

export const load: LoadHook = async (url, context, next) => {
  const file = pathOf(url);
  const path = file && sourceOf(file, packageRoot);
  if (path === undefined || !isAuthoredPath(path, packageRoot)) return next(url, context);
  const source = await answer(path, ({ compiled }) => compiled(path));
  if (source === undefined) return next(url, context);
  return { format: "module", source, shortCircuit: true };
};

/** The answer to `question`: that which was given before, or what the compiler says. */
async function answer(
  question: string,
  ask: (loading: Loading) => string | undefined,
): Promise<string | undefined> {
  // A module that is loaded twice on the main thread may be another one by then.
  if (!isMain && answers.has(question)) return answers.get(question);
  const given = ask(await import("./loading.js"));
  if (isMain) answers.add(question, given);
  return given;
}

function pathOf(url: string | undefined): string | undefined {
  return url?.startsWith("file:") === true ? fileURLToPath(url) : undefined;
}
