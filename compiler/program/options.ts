/** The settings with which TypeScript reads programs: ours, and where names lead by the author's tsconfig.json. */
import { dirname, resolve } from "node:path";
import ts from "typescript";
import type { PackagePaths } from "../packages.js";

/** Absolute paths that a name in an import may stand for, `*` in them; as in `paths` of a tsconfig.json. */
type Mapped = Readonly<Record<string, string[]>>;

const known = new Map<string, Mapped>();

/** `paths` and `baseUrl` of the tsconfig.json that holds for the file at `path`. */
export function mappedFor(path: string | undefined): Mapped {
  const config = path && ts.findConfigFile(dirname(path), (name) => ts.sys.fileExists(name));
  if (!config) return {};
  const mapped = known.get(config) ?? mappedIn(config);
  known.set(config, mapped);
  return mapped;
}

function mappedIn(config: string): Mapped {
  const host = { ...ts.sys, readDirectory: () => [] };
  const { config: json } = ts.readConfigFile(config, (name) => ts.sys.readFile(name)) as { config: unknown };
  const { options } = ts.parseJsonConfigFileContent(json, host, dirname(config));
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- by TypeScript 6; projects have it all the same
  const { paths = {}, baseUrl, pathsBasePath } = options;
  const base = baseUrl ?? (pathsBasePath as string | undefined) ?? dirname(config);
  const found = Object.entries(paths).map(([name, targets]) => [
    name,
    targets.map((each) => resolve(base, each)),
  ]);
  return {
    ...(baseUrl !== undefined && { "*": [resolve(base, "*")] }),
    ...Object.fromEntries(found),
  } as Mapped;
}

/** How the author's files are read and checked. */
export function optionsFor(packages: PackagePaths, mapped: Mapped): ts.CompilerOptions {
  return {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    lib: ["lib.es2022.d.ts"],
    types: [],
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    allowJs: true,
    allowImportingTsExtensions: true,
    paths: {
      ...mapped,
      ...Object.fromEntries(Object.entries(packages).map(([name, path]) => [name, [path]])),
    },
  };
}
