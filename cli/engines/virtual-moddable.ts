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
  readonly callback: () => void;
}

/** As the simulator: runs at one instant before the clock is moved by a millisecond. */
const RUNS_PER_TICK = 64;

const inputs = new Map<number | string, digital>();
const values = new Map<number | string, number>();
const timers: VirtualTimer[] = [];
const events: string[] = [];
let stimuli: Stimulus[] = [];
let elapsed = 0;

/** What the driver outside calls. */
export const virtual = {
  /** Scripts the inputs, sorted by time. */
  script(list: Stimulus[]): void {
    stimuli = list;
  },

  /** Lets time pass until `end`; the events since the last call, a line each. */
  advance(end: number): string {
    stimulate();
    settle();
    for (let at = next(); at <= end; at = next()) {
      elapsed = Math.max(at, elapsed);
      stimulate();
      settle();
    }
    elapsed = end;
    return events.splice(0).join("\n");
  },
};

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

function settle(): void {
  let runs = 0;
  for (let timer = due(); timer !== undefined; timer = due()) {
    if (runs === RUNS_PER_TICK) {
      runs = 0;
      elapsed++;
      stimulate();
      continue;
    }
    runs++;
    timer.at = Infinity;
    timer.callback();
  }
}

function due(): VirtualTimer | undefined {
  return timers.find((timer) => timer.at <= elapsed);
}

/** Module "timer". */
export const timer = {
  repeat(callback: () => void, interval: number): VirtualTimer {
    const made = { callback, at: elapsed + interval };
    timers.push(made);
    return made;
  },
  schedule(made: VirtualTimer, delay: number): void {
    made.at = elapsed + delay;
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
