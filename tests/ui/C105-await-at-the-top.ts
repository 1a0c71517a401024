import { ms, sleep } from "dormouse";

await sleep(ms(100));

export default function main(): void {}
