import { ms, sleep, task } from "dormouse";

export const water = task(async function water(pipe) {
  switch (pipe.length) {
    case 1:
      using open = pipe;
      await sleep(ms(open.length));
  }
});

export default function main() {}
