import { ms, sleep, task } from "dormouse";

export const wait = task(async function wait(_delay: number) {
  const inner = async () => {
    await sleep(ms(arguments.length));
  };
  await inner();
});

export default function main(): void {}
