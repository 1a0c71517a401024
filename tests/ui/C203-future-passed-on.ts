import { ms, sleep, task, type Future } from "dormouse";

export const wait = task(async function wait(keep: (future: Future<void>) => void) {
  keep(sleep(ms(1)));
});

export default function main(): void {}
