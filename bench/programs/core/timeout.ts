/** A timer around each of many short waits: made, and given up. */
import { s, spawn, task, timeout, yieldNow } from "dormouse";
import "./round.js";

const waiter = task(async function waiter() {
  for (let i = round.switches; i > 0; i--) await timeout(yieldNow(), s(10));
  round.end();
});

export default function main(): void {
  spawn(waiter);
}
