import { ms, sleep, task } from "dormouse";

interface Closable {
  [Symbol.asyncDispose](): Promise<void>;
}

export const water = task(async function water(pipe: Closable) {
  await using open = pipe;
  await sleep(ms(100));
});

export default function main(): void {}
