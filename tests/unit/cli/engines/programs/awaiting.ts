/** Errors below chains of async functions, in two files: boards keep nothing that tells of them. */
import { ms, sleep, spawn, task } from "dormouse";
import { cleanup, race, sample, wrapped } from "./sensor.js";

async function average(from: number): Promise<number> {
  let sum = 0;
  for (let i = from; i < from + 3; i++) {
    sum += await sample(i);
  }
  return sum / 3;
}

const chain = task(async function chain(from: number) {
  await average(from);
});
const racer = task(async function racer() {
  await sleep(ms(5));
  await race();
});
const cleaner = task(async function cleaner() {
  await cleanup();
});
const causer = task(async function causer() {
  await wrapped();
});
const either = task(async function either() {
  await sleep(ms(9));
  await sample(1);
  await sample(3);
});

export default function main(): void {
  spawn(chain, 2);
  spawn(racer);
  spawn(cleaner);
  spawn(causer);
  spawn(either);
}
