/** `npm run host`: compiles a program and runs it on Node, in real time, with worker threads if it wants some. */
import { spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { build } from "esbuild";
import { dormouse } from "../compiler/index.js";
import { asBuildError } from "./build/bundle.js";
import { workerSource } from "./build/worker-source.js";

/**
 * Runs the program at `entry`, a module with a `main`, in a process of its own, and draws what its worker threads did where
 * `drawsLanes`; whether it ended well. @throws BuildError
 */
export async function host(entry: string, drawsLanes = false): Promise<boolean> {
  const folder = join(DORMOUSE_ROOT, ".build/host");
  const name = basename(entry).replace(/\.[^.]*$/, "");
  const wrapper = join(folder, `${name}-start.js`);
  const outfile = join(folder, `${name}.mjs`);
  mkdirSync(folder, { recursive: true });
  const lanes = join(DORMOUSE_ROOT, "cli/report/thread-lanes.ts");
  const text = [
    ...(drawsLanes ? [`import ${JSON.stringify(lanes)};`] : []),
    `import main from ${JSON.stringify(entry)};`,
    `import { isMainThread } from "node:worker_threads";`,
    `import { run } from "dormouse/node";`,
    // Workers load it for its shared tasks.
    `if (isMainThread) run(main);`,
  ];
  writeFileSync(wrapper, `${text.join("\n")}\n`);
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
      plugins: [dormouse({ root: DORMOUSE_ROOT, backend: "shared" }), workerSource()],
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
