/** `postMessage`, with nothing around it. */
import { parentPort } from "node:worker_threads";
import { burn, double } from "./functions.mjs";

parentPort.on("message", ({ id, name, n }) => {
  parentPort.postMessage({ id, value: name === "burn" ? burn(n) : double(n) });
});
