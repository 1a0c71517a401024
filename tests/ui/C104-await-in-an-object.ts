import { ms, sleep, task } from "dormouse";

export const wait = task(async function wait() {
  const own = {
    pause: async () => {
      await sleep(ms(100));
    },
  };
  await own.pause();
});

export default function main(): void {}
