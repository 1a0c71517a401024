import { task } from "dormouse";

export const wait = task(async function wait(words) {
  delete (await words.receive());
});

export default function main() {}
