/**
 * The oracle: stand-ins under the names of the library over promises, so that programs run as Node's own async
 * functions. Time does not pass; within one task, order is all that counts.
 */
interface Item {
  readonly value: unknown;
}

export const TIMED_OUT = {};

export class Channel {
  private readonly items: Item[] = [];

  trySend(value: unknown): boolean {
    this.items.push({ value });
    return true;
  }

  async receive(): Promise<unknown> {
    return this.items.shift()?.value;
  }
}

export function task(body: () => Promise<void>): () => Promise<void> {
  return body;
}

export function spawn(body: () => Promise<void>): void {
  body().catch(() => undefined);
}

export function cancel(): never {
  throw new Error("promises cannot be cancelled");
}

export async function sleep(): Promise<void> {
  return undefined;
}

export async function yieldNow(): Promise<void> {
  return undefined;
}

export function ms(count: number): number {
  return count;
}

export function recursive<T>(fn: T): T {
  return fn;
}

export const [after, all, any, deadline, fairSelect, now] = [cancel, cancel, cancel, cancel, cancel, cancel];
export const [race, select, sleepUntil] = [cancel, cancel, cancel];
export const timeout = cancel;
