/** An empty task, spawned and joined again and again. */
import { join, spawn, task } from "dormouse";
import "./round.js";

const empty = task(async function empty() {
  // ends at once
});

const spawner = task(async function spawner() {
  for (let i = round.switches; i > 0; i--) await join(spawn(empty));
  round.end();
});

export default function main(): void {
  spawn(spawner);
}
