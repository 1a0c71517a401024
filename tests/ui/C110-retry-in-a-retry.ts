import { ms, retry, spawn, task } from "dormouse";

const OPTIONS = { first: ms(1), attempts: 3 };

async function read(attempt: number): Promise<number> {
  if (attempt < 3) throw new Error("no answer");
  return attempt;
}

const both = task(async function both() {
  await retry(async () => await retry(read, OPTIONS), OPTIONS);
});

export default function main(): void {
  spawn(both);
}
