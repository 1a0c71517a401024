import { Channel, ms, sleep, spawn, task } from "dormouse";
import type { Board, OutputPin } from "dormouse/hal";

const items = new Channel<number>(4);

function pause() {
  return sleep(ms(1));
}

function drops(): void {
  sleep(ms(1));
}

async function step(led: OutputPin): Promise<void> {
  led.toggle();
  await sleep(ms(1));
}

const blink = task(async function blink(led: OutputPin) {
  const level = led.read();
  if (level) pause();
  void sleep(ms(1));
  sleep(ms(1)), led.toggle();
  level && sleep(ms(2));
  level ? step(led) : sleep(ms(3));
  for (let i = 0; i < 2; i++, sleep(ms(4))) led.toggle();
  [1, 2].forEach((each) => items.send(each));
  const later = () => sleep(ms(5));
  await later();
  (pause());
  drops();
  await items.receive();
});

export default function main(board: Board): void {
  spawn(blink, board.output("LED1"));
}
