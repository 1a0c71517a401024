import { select, task } from "dormouse";

export const wait = task(async function wait() {
  await select({});
});

export default function main(): void {}
