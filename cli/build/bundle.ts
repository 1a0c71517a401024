/** Bundles a program with one target's parts around it. */
import { build, type BuildOptions, type OutputFile, type Plugin } from "esbuild";
import {
  dormouse,
  type Backend,
  type Compiled,
  type Diagnostic,
  type PluginOptions,
} from "../../compiler/index.js";
import { workerSource } from "./worker-source.js";

/** A program that cannot be built: what the compiler or the bundler said, a line each. */
export class BuildError extends Error {
  constructor(readonly diagnostics: readonly Diagnostic[]) {
    super(diagnostics.map((each) => each.message).join("\n"));
  }
}

/** A finished bundle. */
export interface Bundle {
  readonly code: string;
  readonly map: object;
  readonly compiled: Compiled;
}

export interface BundleOptions {
  /** The program's module, an absolute path. */
  readonly entry: string;
  readonly backend: Backend;
  /** The module around it: imports the program and starts it. */
  readonly wrapper: (compiled: Compiled) => string;
  readonly minify: boolean;
  readonly plugin?: Partial<PluginOptions>;
  readonly esbuild?: BuildOptions;
  readonly plugins?: (compiled: () => Compiled) => readonly Plugin[];
}

/** Bundles. @throws BuildError */
export async function bundle(options: BundleOptions): Promise<Bundle> {
  let result: Compiled | undefined;
  const compiled = (): Compiled => {
    if (result === undefined) throw new Error("the compiler has not run");
    return result;
  };
  const plugin = dormouse({
    entry: options.entry,
    backend: options.backend,
    root: DORMOUSE_ROOT,
    mapsAll: options.minify,
    ...options.plugin,
    onCompiled: (each) => {
      result = each;
    },
  });
  try {
    const { outputFiles } = await build({
      entryPoints: ["dormouse:wrapper"],
      outfile: `${DORMOUSE_ROOT}/out/bundle.js`,
      bundle: true,
      minify: options.minify,
      sourcemap: "external",
      sourcesContent: true,
      charset: "ascii",
      legalComments: "none",
      logLevel: "silent",
      absWorkingDir: DORMOUSE_ROOT,
      ...(options.minify ? { mangleProps: /[^_]_$/ } : {}),
      ...options.esbuild,
      write: false,
      plugins: [
        plugin,
        workerSource(),
        wrapperPlugin(() => options.wrapper(compiled())),
        ...(options.plugins?.(compiled) ?? []),
      ],
    });
    const { code, map } = codeAndMap(outputFiles);
    return { code: withoutMapComment(code), map, compiled: compiled() };
  } catch (error) {
    throw asBuildError(error);
  }
}

/** What esbuild gives with `sourcemap: "external"`: the map comes first. */
export function codeAndMap([map, code]: readonly OutputFile[]): { code: string; map: object } {
  if (map === undefined || code === undefined) throw new Error("esbuild gave no source map");
  return { code: code.text, map: JSON.parse(map.text) as object };
}

/** Serves the wrapper, which may depend on what was compiled. */
function wrapperPlugin(text: () => string): Plugin {
  return {
    name: "wrapper",
    setup(build) {
      build.onResolve({ filter: /^dormouse:wrapper$/ }, (args) => ({
        path: args.path,
        namespace: "wrapper",
      }));
      build.onLoad({ filter: /.*/, namespace: "wrapper" }, () => ({
        contents: text(),
        loader: "ts",
        resolveDir: DORMOUSE_ROOT,
      }));
    },
  };
}

function withoutMapComment(code: string): string {
  return code.replace(/\n?\/\/# sourceMappingURL=.*\s*$/, "\n");
}

interface BundlerError {
  readonly text: string;
  readonly detail: unknown;
  readonly location: { file: string; line: number; column: number } | null;
}

export function asBuildError(error: unknown): unknown {
  const errors = (error as { errors?: BundlerError[] }).errors;
  if (errors === undefined) return error;
  const ours = errors.flatMap(({ detail }) => diagnosticsIn(detail));
  return new BuildError(ours.length > 0 ? ours : errors.map(fromBundler));
}

/** What the compiler put there, or a plugin threw. */
function diagnosticsIn(detail: unknown): readonly Diagnostic[] {
  if (detail instanceof BuildError) return detail.diagnostics;
  return isDiagnostic(detail) ? [detail] : [];
}

function isDiagnostic(detail: unknown): detail is Diagnostic {
  return typeof detail === "object" && detail !== null && "code" in detail;
}

/** What the bundler found after the compiler was content: imports that lead nowhere. */
function fromBundler({ text, location }: BundlerError): Diagnostic {
  const { file, line, column } = location ?? { file: "", line: 0, column: 0 };
  return { code: "C900", severity: "error", file, line, column: column + 1, message: text };
}
