import { task } from "dormouse";

declare function any(): () => Promise<void>;

export const blink = task(any());

export default function main(): void {}
