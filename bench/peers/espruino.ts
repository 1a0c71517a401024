/** What the runtime of the peers asks of Espruino. */

declare function setTimeout(callback: (...args: never[]) => void, delay: number, ...args: unknown[]): void;
declare function digitalWrite(pin: string, level: number): void;

export function later(run: () => void): void {
  setTimeout(run, 0);
}

export function after(wake: (task: never, value: undefined) => void, delay: number, task: unknown): void {
  setTimeout(wake, delay, task);
}

export function output(pin: string): object {
  let level = 0;
  const write = (to: number): void => digitalWrite(pin, (level = to));
  write(0);
  return { write, read: () => level, toggle: () => write(1 - level) };
}
