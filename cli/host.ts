/** `npm run host`: compiles a program and runs it on Node, in real time, with worker threads if it wants some. */
import { spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { build } from "esbuild";
import { dormouse } from "../compiler/index.js";
import { asBuildError } from "./build/bundle.js";
import { workerSource } from "./build/worker-source.js";

/** Runs the program at `entry`, a module with a `main`, in a process of its own; whether it ended well. @throws BuildError */
export async function host(entry: string): Promise<boolean> {
  const folder = join(DORMOUSE_ROOT, ".build/host");
  const name = basename(entry).replace(/\.[^.]*$/, "");
  const wrapper = join(folder, `${name}-start.js`);
  const outfile = join(folder, `${name}.mjs`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    wrapper,
    `import main from ${JSON.stringify(entry)};\nimport { run } from "dormouse/node";\nrun(main);\n`,
  );
  try {
    await build({
      entryPoints: [wrapper],
      outfile,
      bundle: true,
      format: "esm",
      target: "node20",
      platform: "node",
      sourcemap: "inline",
      logLevel: "silent",
      plugins: [dormouse({ root: DORMOUSE_ROOT }), workerSource()],
    });
  } catch (error) {
    throw asBuildError(error);
  }
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ["--enable-source-maps", outfile], { stdio: "inherit" });
    child.on("close", (code) => {
      resolve(code === 0);
    });
  });
}
