/** The modules of Moddable that programs without pins use, at no cost of their own: each run takes a tick. On XS. */

let callback: () => void = () => undefined;
let isDue = false;

/** Module "timer". */
export const timer = {
  repeat(made: () => void): void {
    callback = made;
  },
  schedule(): void {
    isDue = true;
  },
};

/** Module "time", shortly before an int32 wraps. */
export const time = { ticks: 0x7fff0000 };

/** Runs until nothing asks for it. */
export function drain(): void {
  while (isDue) {
    isDue = false;
    time.ticks = (time.ticks + 1) | 0;
    callback();
  }
}
