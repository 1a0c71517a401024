/**
 * `setTimeout` and its like for programs that are simulated: in virtual time, as on a host otherwise. Builds for the
 * simulator put these in the place of the globals, for what comes of packages. Outside of a simulation they are the host's.
 */
import type { Sim } from "./sim.js";

/** What is called later. */
interface Timeout {
  at: number;
  readonly id: number;
  readonly every: number | null;
  readonly call: () => void;
}

type Callback = (...args: unknown[]) => void;

interface Host {
  setTimeout(callback: Callback, delay?: number, ...args: unknown[]): unknown;
  setInterval(callback: Callback, delay?: number, ...args: unknown[]): unknown;
  clearTimeout(id: unknown): void;
  clearInterval(id: unknown): void;
}

declare const globalThis: Host;

/** The simulation whose code runs now, or ran last and is not over. */
let current: Timeouts | null = null;

/** The timeouts of one simulation, in the order of their time; those of one time in the order in which they were set. */
export class Timeouts {
  private readonly list_: Timeout[] = [];
  private count_ = 0;

  constructor(private readonly sim_: Pick<Sim, "now">) {}

  /** When the first is due; Infinity without one. */
  get next(): number {
    return this.list_[0]?.at ?? Infinity;
  }

  /** Makes `setTimeout` set those here. */
  enter(): void {
    current = this;
  }

  /** Makes `setTimeout` the host's again. */
  leave(): void {
    if (current === this) current = null;
  }

  /** Calls the first that is due at `now`; false without one. */
  callFirst(now: number): boolean {
    const timeout = this.list_[0];
    if (timeout === undefined || timeout.at > now) return false;
    this.list_.shift();
    if (timeout.every !== null) this.file_({ ...timeout, at: timeout.at + timeout.every });
    timeout.call();
    return true;
  }

  /** @internal */ set_(callback: Callback, delay: unknown, args: unknown[], repeats: boolean): number {
    const span = spanOf(delay);
    const call = (): void => callback(...args);
    const id = ++this.count_;
    this.file_({ at: this.sim_.now + span, id, every: repeats ? span : null, call });
    return id;
  }

  /** @internal */ clear_(id: unknown): void {
    const at = this.list_.findIndex((each) => each.id === id);
    if (at >= 0) this.list_.splice(at, 1);
  }

  private file_(timeout: Timeout): void {
    const later = this.list_.findIndex((each) => each.at > timeout.at);
    this.list_.splice(later < 0 ? this.list_.length : later, 0, timeout);
  }
}

/** One tick at least, as on Node: a timeout is never due in the instant in which it is set. */
function spanOf(delay: unknown): number {
  const span = Number(delay);
  return span >= 1 ? Math.ceil(span) : 1;
}

export function setTimeout(callback: Callback, delay?: number, ...args: unknown[]): unknown {
  if (current === null) return globalThis.setTimeout(callback, delay, ...args);
  return current.set_(callback, delay, args, false);
}

export function setInterval(callback: Callback, delay?: number, ...args: unknown[]): unknown {
  if (current === null) return globalThis.setInterval(callback, delay, ...args);
  return current.set_(callback, delay, args, true);
}

export function clearTimeout(id: unknown): void {
  if (current === null) globalThis.clearTimeout(id);
  else current.clear_(id);
}

export function clearInterval(id: unknown): void {
  clearTimeout(id);
}
