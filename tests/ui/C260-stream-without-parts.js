import { Channel, map, spawn, take, task } from "dormouse";

const readings = new Channel(4);
const parts = [readings, 3];

export const show = task(async function show() {
  for await (const item of map(readings)) if (item > 3) return;
  for await (const item of take(...parts)) if (item > 3) return;
});

export default function main() {
  spawn(show);
}
