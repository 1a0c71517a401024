/** The bytecode that a module is on a device with XS: by XS's own compiler, which is built from what npm has of it. */
import { execFile, spawn } from "node:child_process";
import { existsSync, mkdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { promisify } from "node:util";

const XSNAP = join(DORMOUSE_ROOT, "node_modules/@agoric/xsnap");
const SOURCES = join(XSNAP, "moddable/xs/sources");
const FILES = "BigInt Code Common Lexical Scope Script SourceMap Syntaxical Tree dtoa".split(" ");
const DRIVER = join(DORMOUSE_ROOT, "bench/drivers/xs-bytecode.c");

/** What surrounds code and names in a file of bytecode: heads of four atoms, and a version. */
const CONTAINER = 36;

/** Bytes of bytecode of `module`, without what is for debuggers. */
export async function bytecodeOf(module: string): Promise<{ total: number; code: number; names: number }> {
  const child = spawn(await compiler(), [], { stdio: ["pipe", "pipe", "pipe"] });
  child.stdin.end(module);
  const [out, errors] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const [, code, names] = /^(\d+) (\d+)$/m.exec(out) ?? [];
  if (code === undefined || names === undefined) throw new Error(`XS does not compile it: ${errors.trim()}`);
  return { total: CONTAINER + Number(code) + Number(names), code: Number(code), names: Number(names) };
}

async function compiler(): Promise<string> {
  const program = join(DORMOUSE_ROOT, ".build/bench/xs-bytecode");
  if (existsSync(program) && statSync(program).mtimeMs > statSync(DRIVER).mtimeMs) return program;
  mkdirSync(join(DORMOUSE_ROOT, ".build/bench"), { recursive: true });
  const folders = [join(DORMOUSE_ROOT, "bench/drivers"), join(XSNAP, "moddable/xs/includes"), SOURCES].concat(
    [join(XSNAP, "moddable/xs/platforms"), join(XSNAP, "xsnap-native/xsnap/sources")],
  );
  const defines = ["INCLUDE_XSPLATFORM", 'XSPLATFORM="xs-bytecode.h"', "mxCompile=1", "mxParse=1"];
  const flags = [...defines.map((each) => `-D${each}`), ...folders.map((each) => `-I${each}`)];
  const files = [DRIVER, ...FILES.map((name) => join(SOURCES, `xs${name}.c`))];
  await promisify(execFile)("gcc", ["-O1", "-w", "-o", program, ...flags, ...files, "-lm", "-lpthread"]);
  return program;
}
