import { task } from "dormouse";

export const wait = task(async function wait() {
  await 5;
});

export default function main(): void {}
