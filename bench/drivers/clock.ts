/**
 * The modules of Moddable for programs that sleep, on a clock that jumps to the next timer: `drain` runs until none is
 * left. As little as possible around each call, since what it costs counts on every side.
 */

interface Timer {
  at: number;
  readonly repeats: boolean;
  readonly callback: () => void;
}

const NEVER = 0x3fffffff;

let timers: Timer[] = [];

/** Module "time". */
export const time = { ticks: 0 };

/** Module "timer". */
export const timer = {
  repeat(callback: () => void): Timer {
    const made = { at: time.ticks + NEVER, repeats: true, callback };
    timers.push(made);
    return made;
  },
  schedule(made: Timer, delay: number): void {
    made.at = time.ticks + delay;
  },
  set(callback: () => void, delay = 0): void {
    timers.push({ at: time.ticks + delay, repeats: false, callback });
  },
};

/** Module "embedded:io/digital". */
export class Digital {
  static readonly Output = 8;
  write(): void {
    // leads nowhere
  }
}

/** Module "embedded:io/analog". */
export class Analog {
  readonly resolution = 12;
  read(): number {
    return 0;
  }
}

/** Calls what is due, earliest first, until nothing is. */
export function drain(): void {
  for (let next = earliest(); next !== undefined && next.at - time.ticks < NEVER / 2; next = earliest()) {
    time.ticks = next.at;
    next.at += NEVER;
    if (!next.repeats) timers = timers.filter((each) => each !== next);
    next.callback();
  }
}

function earliest(): Timer | undefined {
  let found = timers[0];
  for (const each of timers) if (found === undefined || each.at < found.at) found = each;
  return found;
}
