import { ms, sleep, task } from "dormouse";

class Pipe {
  [Symbol.dispose](): void {}
}

class Valve extends Pipe {
  async [Symbol.asyncDispose](): Promise<void> {
    await sleep(ms(1));
  }
}

export const water = task(async function water(pipe: Pipe) {
  await using open = pipe;
  await sleep(ms(100));
});

export default function main(): void {
  new Valve();
}
