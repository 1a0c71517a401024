import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import * as assert from "uvu/assert";
import { suite } from "../../../support/suite.js";

const test = suite("cli/engines/child");

const RUN = join(DORMOUSE_ROOT, "scripts/run.mjs");
const PROGRAM = join(DORMOUSE_ROOT, "tests/unit/cli/engines/programs/with-child.ts");

test("a child ends with the program, whatever ends that", async () => {
  for (const end of ["SIGTERM", "SIGINT", "SIGHUP", "exit"] as const) {
    const program = spawn(process.execPath, [RUN, PROGRAM, end], { stdio: ["ignore", "pipe", "inherit"] });
    await once(program.stdout, "data");
    if (end !== "exit") program.kill(end);
    // Comes once nobody has its output open any more: neither the program nor its child.
    const [code, signal] = (await once(program, "close")) as [number | null, string | null];

    assert.is(signal ?? code, end === "exit" ? 0 : end);
  }
});
