/**
 * The modules of Moddable that a program without pins uses, at no cost of their own: time stands still, and the one
 * timer is called until nobody asks for it. Runs on XS.
 */

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

/** Module "time". */
export const time = { ticks: 0 };

/** Runs what is due until nothing is. */
export function drain(): void {
  while (isDue) {
    isDue = false;
    callback();
  }
}
