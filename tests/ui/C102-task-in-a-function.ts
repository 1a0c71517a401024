import { task } from "dormouse";

export function make() {
  return task(async function empty() {});
}

export default function main(): void {}
