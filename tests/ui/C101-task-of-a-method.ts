import { ms, sleep, spawn, task } from "dormouse";

const api = {
  async read(): Promise<void> {
    await sleep(ms(1));
  },
};

const reader = task(api.read);

export default function main(): void {
  spawn(reader);
}
