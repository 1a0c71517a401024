/** Tasks, compiled, that wait for the operating system. */
import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import * as assert from "uvu/assert";
import { workerSource } from "../../../../../cli/build/worker-source.js";
import { dormouse } from "../../../../../compiler/index.js";
import { ioBackend } from "../../../../../targets/node/index.js";
import { suite } from "../../../../support/suite.js";

const test = suite("targets/node/io");

const PROGRAM = join(DORMOUSE_ROOT, "tests/unit/targets/node/programs/io.ts");

interface Built {
  readonly report: readonly string[];
  readonly play: (path: string) => Promise<void>;
}

async function built(): Promise<Built> {
  const outfile = join(DORMOUSE_ROOT, ".build/io/io.mjs");
  await build({
    entryPoints: [PROGRAM],
    outfile,
    bundle: true,
    format: "esm",
    target: "node20",
    platform: "node",
    logLevel: "silent",
    plugins: [dormouse({ backend: "arena", root: DORMOUSE_ROOT }), workerSource()],
  });
  return (await import(pathToFileURL(outfile).href)) as Built;
}

test("tasks wait for sockets, files, signals and child processes, and for their failures", async () => {
  const { report, play } = await built();
  const path = join(tmpdir(), `dormouse-io-${process.pid}`);
  await play(path);
  rmSync(path);

  assert.equal([...report].sort(), [
    'E441 "127.0.0.1:1": the connection failed: connect ECONNREFUSED 127.0.0.1:1',
    'E441 "127.0.0.1:PORT": the connection is closed',
    'E442 "127.0.0.1:PORT": cannot listen: listen EADDRINUSE: address already in use 127.0.0.1:PORT',
    'E443 "no-such-program": cannot be started: spawn no-such-program ENOENT',
    `E445 "/no/such/file": cannot be opened: ENOENT: no such file or directory, open '/no/such/file'`,
    "cat through a pipe 0",
    ...Array.from({ length: 8 }, (_, i) => `client ${i} ok`),
    "end 0",
    "jobs 42 RangeError given up 8",
    "line 0|line 1|line 2|0",
    "server closed",
    "signals SIGUSR2 SIGHUP",
    "still there, then SIGKILL",
    "timed out, then 4 bytes",
  ]);
});

test("says whether files go through io_uring", () => {
  assert.ok(["epoll", "kqueue", "iocp", "event ports"].includes(ioBackend().poller));
  if (process.platform !== "linux") return;
  const code = `const fs = require("fs"); fs.readFile("/etc/hostname", () =>
    console.log(fs.readdirSync("/proc/self/fd").some((fd) => {
      try { return fs.readlinkSync("/proc/self/fd/" + fd).includes("io_uring"); } catch { return false; }
    })));`;
  const env = { ...process.env, UV_USE_IO_URING: "0" };
  const { stdout } = spawnSync(process.execPath, ["-e", code], { env, encoding: "utf8" });
  assert.is(stdout, "false\n");
});
