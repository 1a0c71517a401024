// target: espruino
import { ms, sleep, task } from "dormouse";

export const wait = task(async function wait(delays: Iterable<number>) {
  for (const delay of delays) await sleep(ms(delay));
});

export default function main(): void {}
