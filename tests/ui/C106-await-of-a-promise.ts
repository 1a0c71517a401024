import { task } from "dormouse";

declare function fetch(url: string): Promise<string>;

export const load = task(async function load() {
  await fetch("http://localhost");
});

export default function main(): void {}
