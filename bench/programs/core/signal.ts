/** Two tasks that answer each other, a signal each way. */
import { Signal, spawn, task } from "dormouse";
import "./round.js";

const there = new Signal<number>();
const back = new Signal<number>();

const asks = task(async function asks() {
  for (let i = round.switches; i > 0; i--) {
    there.set(i);
    await back.wait();
  }
  round.end();
});

const answers = task(async function answers() {
  for (let i = round.switches; i > 0; i--) back.set(await there.wait());
});

export default function main(): void {
  spawn(asks);
  spawn(answers);
}
