/** Bundles one TypeScript file of this repository so that Node can run it. */
import { createHash } from "node:crypto";
import { mkdir, rename, writeFile } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build, formatMessages } from "esbuild";
import { workerSource } from "./worker-source.mjs";

/** The root of the repository; sources know it as `DORMOUSE_ROOT`. */
export const root = fileURLToPath(new URL("..", import.meta.url)).replace(/\/$/, "");

/** Of this process: it may bundle one file several times at a time. */
let bundles = 0;

/** A bundle that failed: `message` is esbuild's own text, with the author's lines. */
export class BundleError extends Error {}

/**
 * Bundles `file` into .build/run and returns the path of the result.
 *
 * The name is the same at every run of a file. The result is moved into place whole, so that two
 * processes may bundle one file at a time.
 */
export async function bundle(file) {
  const entry = resolve(file);
  const name = basename(entry).replace(/\.[^.]*$/, "");
  const outfile = join(root, ".build/run", `${name}-${hash(entry)}.mjs`);
  const { text } = (await compile(entry, outfile)).outputFiles[0];
  await mkdir(join(root, ".build/run"), { recursive: true });
  const written = `${outfile}.${process.pid}-${++bundles}`;
  await writeFile(written, text);
  await rename(written, outfile);
  return outfile;
}

/** Programs of this repository have the module of workers in them, as text. */
const workers = {
  name: "worker-source",
  setup(builder) {
    builder.onLoad({ filter: /targets\/node\/threads\/worker-source\.ts$/ }, async () => ({
      contents: `export const WORKER_SOURCE = ${await workerSource()};`,
      loader: "ts",
    }));
  },
};

async function compile(entry, outfile) {
  try {
    return await build({
      entryPoints: [entry],
      outfile,
      write: false,
      bundle: true,
      platform: "node",
      format: "esm",
      target: "node20",
      packages: "external",
      sourcemap: "inline",
      define: { DORMOUSE_ROOT: JSON.stringify(root) },
      alias: { dormouse: join(root, "core/index.ts"), "dormouse/hal": join(root, "hal/index.ts") },
      logLevel: "silent",
      plugins: [workers],
    });
  } catch (error) {
    if (!error.errors) throw error;
    const color = process.stderr.isTTY ?? false;
    throw new BundleError((await formatMessages(error.errors, { kind: "error", color })).join(""));
  }
}

function hash(text) {
  return createHash("sha256").update(text).digest("hex").slice(0, 8);
}
