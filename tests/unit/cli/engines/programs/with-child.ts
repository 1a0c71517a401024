/** A program with a child that would outlive it; for child.test.ts. */
import { spawn } from "node:child_process";
import { killAtExit } from "../../../../../cli/engines/child.js";

killAtExit(spawn("true"));
// It holds this program's output open as long as it lives.
const child = spawn("sh", ["-c", "trap '' INT TERM HUP; echo ready; exec sleep 600"], { stdio: "inherit" });
killAtExit(child);
if (process.argv[2] === "exit") setTimeout(() => process.exit(0), 200);
