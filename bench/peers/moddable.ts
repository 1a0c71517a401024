/** What the runtime of the peers asks of Moddable. */
import Digital from "embedded:io/digital";
import Timer from "timer";

/** Lines of the board by the names that programs use; as targets/moddable/esp32.ts. */
const LINES: Readonly<Record<string, number>> = { LED1: 2 };

export function later(run: () => void): void {
  Timer.set(run);
}

export function after(wake: (task: never, value: undefined) => void, delay: number, task: unknown): void {
  Timer.set(() => {
    wake(task as never, undefined);
  }, delay);
}

export function output(pin: string): object {
  let level = 0;
  const io = new Digital({ pin: LINES[pin], mode: Digital.Output });
  const write = (to: number): void => {
    io.write((level = to));
  };
  write(0);
  return { write, read: () => level, toggle: () => write(1 - level) };
}
