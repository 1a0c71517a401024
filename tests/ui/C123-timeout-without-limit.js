import { ms, sleep, task, timeout } from "dormouse";

export const wait = task(async function wait() {
  await timeout(sleep(ms(10)));
});

export default function main() {}
