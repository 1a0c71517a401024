import { ms, sleep, task } from "dormouse";

class Base {
  delay() {
    return 5;
  }
}

class Light extends Base {
  async flash() {
    await sleep(ms(super.delay()));
  }
}

const light = new Light();

export const blink = task(async function blink() {
  await light.flash();
});

export default function main(): void {}
