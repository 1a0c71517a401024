import { Signal, task } from "dormouse";

export const wait = task(async function wait(words: Signal<string>) {
  class Named {
    [await words.wait()]() {}
  }
  new Named();
});

export default function main(): void {}
