import { task } from "dormouse";

{
  task(async function empty() {});
}

export default function main(): void {}
