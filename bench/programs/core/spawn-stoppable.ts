/** As spawn-native.ts, of a function that can be stopped, and begins when the others had their turn. */
import { Task } from "./native-stoppable.js";
import "./round.js";

async function empty(): Promise<void> {
  // ends at once
}

async function spawner(): Promise<void> {
  for (let i = round.switches; i > 0; i--) await new Task(empty).result;
  round.end();
}

export default function main(): void {
  void spawner();
}
