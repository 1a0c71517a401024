import { ms, sleep, task } from "dormouse";

class Light {
  #delay = 5;
  async flash() {
    await sleep(ms(this.#delay));
  }
}

const light = new Light();

export const blink = task(async function blink() {
  await light.flash();
});

export default function main(): void {}
