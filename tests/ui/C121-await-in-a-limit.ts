import { Channel, ms, sleep, task, timeout, type Ticks } from "dormouse";

export const wait = task(async function wait(delays: Channel<Ticks>) {
  await timeout(sleep(ms(5)), (await delays.receive()) as Ticks);
});

export default function main(): void {}
