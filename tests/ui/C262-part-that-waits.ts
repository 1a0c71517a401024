import { Channel, filter, map, ms, sleep, spawn, task } from "dormouse";

const readings = new Channel<number>(4);

export const show = task(async function show() {
  for await (const item of map(readings, async (x) => {
    await sleep(ms(1));
    return x;
  }))
    if (item === undefined) return;
  for await (const item of filter(map(readings, () => sleep(ms(1))), () => true)) if (item === undefined) return;
});

export default function main(): void {
  spawn(show);
}
