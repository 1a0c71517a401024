/** The compiler and its bundler plugin. */
export type { Backend } from "./emit/backends.js";
export { compile, type Compiled, type CompileOptions } from "./compile.js";
export type { FunctionReport, Position } from "./report.js";
export { formatDiagnostic, isError, type Diagnostic } from "./diagnostics.js";
export { dormouse } from "./plugin/esbuild.js";
export type { PluginOptions } from "./plugin/session.js";
export { packagePaths, type PackagePaths } from "./packages.js";
export { composed, withMap } from "./emit/maps.js";
export { uncompiled, type UncompiledOptions } from "./uncompiled.js";
