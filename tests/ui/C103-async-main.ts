import { ms, sleep } from "dormouse";

export default async function main(): Promise<void> {
  await sleep(ms(1));
}
