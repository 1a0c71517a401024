import { ms, sleep, spawn, task } from "dormouse";

async function beat(): Promise<void> {
  await sleep(ms(1));
}

const heart = task(async function heart() {
  const list = [beat];
  await beat();
  list.pop();
});

export default function main(): void {
  spawn(heart);
}
