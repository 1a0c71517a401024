/**
 * The modules of Moddable as a virtual board has them: what XS runs against when there is no device. The engine is
 * real, the pins and the clock are the test's. Bundled into the program; nothing here may be Node's.
 */
type Level = 0 | 1;

/** What happens to an input from outside. */
export interface Stimulus {
  readonly at: number;
  readonly line: number | string;
  /** A level, or the reading of an analog line. */
  readonly value: number;
}

interface VirtualTimer {
  at: number;
  /** The executor's runs after all others that are due. */
  readonly isExecutor: boolean;
  readonly callback: () => void;
}

/** The interval of the executor's timer, which is set anew each time (targets/moddable/platform.ts). */
const NEVER = 1_000_000_000;

/** As the simulator: runs at one instant before the clock is moved by a millisecond. */
const RUNS_PER_TICK = 64;

const inputs = new Map<number | string, digital>();
const values = new Map<number | string, number>();
const timers: VirtualTimer[] = [];
const events: string[] = [];
let stimuli: Stimulus[] = [];
let elapsed = 0;

let turns: Generator<void, void> | null = null;

// As in the simulator, the time of day begins in 1970.
Date.now = () => elapsed;

/** What the driver outside calls. */
export const virtual = {
  /** Scripts the inputs, sorted by time. */
  script(list: Stimulus[]): void {
    stimuli = list;
  },

  /** Lets time pass until `end`; the events since the last call, a line each. */
  advance(end: number): string {
    while (virtual.turn(end));
    return virtual.events();
  },

  /** Does one thing on the way to `end`, after which the jobs of promises may run; false when it is there. */
  turn(end: number): boolean {
    turns ??= until(end);
    if (turns.next().done !== true) return true;
    turns = null;
    return false;
  },

  /** The events since the last call, a line each. */
  events(): string {
    return events.splice(0).join("\n");
  },
};

/** The order is that of the simulator. */
function* until(end: number): Generator<void, void> {
  stimulate();
  yield* settle();
  for (let at = next(); at <= end; at = next()) {
    elapsed = Math.max(at, elapsed);
    stimulate();
    yield* settle();
  }
  elapsed = end;
}

function next(): number {
  let at = stimuli[0]?.at ?? Infinity;
  for (const timer of timers) at = Math.min(at, timer.at);
  return at;
}

function stimulate(): void {
  for (let next = stimuli[0]; next !== undefined && next.at <= elapsed; next = stimuli[0]) {
    const { line, value } = next;
    stimuli.shift();
    if (values.get(line) === value) continue;
    values.set(line, value);
    inputs.get(line)?.changed();
  }
}

function* settle(): Generator<void, void> {
  let runs = 0;
  for (let timer = due(); timer !== undefined; timer = due()) {
    if (timer.isExecutor && runs === RUNS_PER_TICK) {
      runs = 0;
      elapsed++;
      stimulate();
      continue;
    }
    if (timer.isExecutor) runs++;
    unfile(timer);
    timer.callback();
    yield;
  }
}

function due(): VirtualTimer | undefined {
  const isDue = (timer: VirtualTimer): boolean => timer.at <= elapsed;
  return timers.find((timer) => isDue(timer) && !timer.isExecutor) ?? timers.find(isDue);
}

function unfile(timer: VirtualTimer): void {
  const at = timers.indexOf(timer);
  if (at >= 0) timers.splice(at, 1);
}

/** Puts `timer` behind those that are due before it, or with it. */
function file(timer: VirtualTimer): VirtualTimer {
  unfile(timer);
  const later = timers.findIndex((each) => each.at > timer.at);
  timers.splice(later < 0 ? timers.length : later, 0, timer);
  return timer;
}

/** Module "timer". */
export const timer = {
  repeat(callback: () => void, interval: number): VirtualTimer {
    const made: VirtualTimer = { at: elapsed + interval, isExecutor: interval === NEVER, callback: act };
    function act(): void {
      if (!made.isExecutor) timer.schedule(made, interval);
      callback();
    }
    return file(made);
  },
  set(callback: () => void, delay: number): VirtualTimer {
    return file({ callback, isExecutor: false, at: elapsed + delay });
  },
  schedule(made: VirtualTimer, delay: number): void {
    made.at = elapsed + delay;
    file(made);
  },
  clear(made: VirtualTimer): void {
    unfile(made);
  },
};

/** Module "time". */
export const time = {
  get ticks(): number {
    return elapsed;
  },
};

/** Module "embedded:io/digital". */
export class digital {
  static readonly Input = 0;
  static readonly InputPullUp = 1;
  static readonly InputPullDown = 2;
  static readonly Output = 8;
  static readonly Rising = 1;
  static readonly Falling = 2;
  private level: number;

  constructor(
    private readonly options: {
      pin: number | string;
      mode: number;
      initialValue?: number;
      onReadable?: () => void;
    },
  ) {
    this.level = options.initialValue ?? 0;
    if (options.mode === digital.Output) return;
    inputs.set(options.pin, this);
    if (!values.has(options.pin)) values.set(options.pin, options.mode === digital.InputPullUp ? 1 : 0);
  }

  read(): Level {
    return (this.options.mode === digital.Output ? this.level : values.get(this.options.pin)) as Level;
  }

  write(level: number): void {
    if (level === this.level) return;
    this.level = level;
    events.push(`pin ${elapsed} ${this.options.pin} ${level}`);
  }

  changed(): void {
    this.options.onReadable?.();
  }
}

/** Module "embedded:io/analog". */
export class analog {
  readonly resolution = 12;
  constructor(private readonly options: { pin: number | string }) {}

  read(): number {
    return values.get(this.options.pin) ?? 0;
  }
}

/** The console of a device. */
(globalThis as { trace?: (text: string) => void }).trace = (text) => {
  for (const line of text.replace(/\n$/, "").split("\n")) events.push(`line ${elapsed} ${line}`);
};
