import { ms, sleep, spawn, task } from "dormouse";

const child = task(async function child() {
  await sleep(ms(1));
});

const parent = task(async function parent() {
  await spawn(child);
});

export default function main(): void {
  spawn(parent);
}
