import { task } from "dormouse";

export const count = task(async function* count() {
  yield 1;
} as never);

export default function main(): void {}
