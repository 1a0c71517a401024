import { ms, sleep } from "dormouse";

export const light = {
  flash: [
    async () => {
      await sleep(ms(100));
    },
  ],
};

export default function main(): void {}
