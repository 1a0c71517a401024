import { Channel, ms, spawn, task, timeout } from "dormouse";

const numbers = new Channel<number>(1);

function next() {
  return timeout(numbers.receive(), ms(5));
}

const count = task(async function count() {
  const late = timeout(numbers.receive(), ms(9));
  await next();
  await late;
});

export default function main(): void {
  spawn(count);
}
