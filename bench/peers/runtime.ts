/**
 * The smallest runtime that the peers' programs work with: routines in the place of async functions, a ring of ready
 * tasks that is drained in turns, and the leaves that the samples wait for. A leaf gives true when its value is there at
 * once, in `value_` of the running task. An error in a task ends that task alone, and is printed.
 */
import { after, later } from "./platform.js";
import type { Routine } from "./routine.js";

declare function print(line: string): void;

interface Task {
  /** The innermost routine. */
  top_: Routine;
  value_: unknown;
}

export const CLOSED = {};

let ready: Task[] = [];
let running: Task;

/** The functions of peers are generators already. The bundler leaves out functions of this form. */
export function task<T>(body: T): T {
  return body;
}

export function ms(count: number): number {
  return count;
}

export function spawn(body: (...args: unknown[]) => Routine, a?: unknown, b?: unknown): void {
  wake({ top_: body(a, b), value_: undefined });
}

function wake(task: Task, value?: unknown): void {
  task.value_ = value;
  if (ready.push(task) < 2) later(run);
}

function run(): void {
  const turn = ready;
  ready = [];
  turn.forEach(step);
}

function step(task: Task): void {
  running = task;
  let kind = 0;
  for (let top: Routine | undefined = task.top_; top !== undefined;) {
    let isOver = true;
    try {
      isOver = !top.resume_(kind, task.value_);
      kind = 0;
      task.value_ = top.value_;
    } catch (error) {
      kind = 1;
      task.value_ = error;
    }
    const value = task.value_ as Routine | true | undefined;
    if (isOver) {
      if ((top = top.up_) !== undefined) task.top_ = top;
      else if (kind !== 0) print("a task ended by an error: " + String(task.value_));
    } else if (value === true) task.value_ = result;
    else if (value === undefined) return;
    else {
      value.up_ = top;
      task.top_ = top = value;
      task.value_ = undefined;
    }
  }
}

/** What the leaf gives that was there at once. */
let result: unknown;

export function sleep(delay: number): void {
  after(wake, delay, running);
}

export function yieldNow(): void {
  wake(running);
}

export interface Channel {
  send(value: unknown): unknown;
  receive(): unknown;
  close(): void;
}

/** A function that gives an object costs less than a class. */
export const Channel = function (capacity: number): Channel {
  const items: unknown[] = [];
  const receivers: Task[] = [];
  const senders: Task[] = [];
  let isClosed = false;
  return {
    send(value) {
      result = !isClosed;
      const receiver = receivers.shift();
      if (receiver !== undefined) wake(receiver, value);
      else if (!isClosed && items.push(value) > capacity) {
        senders.push(running);
        return undefined;
      }
      return true;
    },
    receive() {
      if (items.length > 0) {
        result = items.shift();
        const sender = senders.shift();
        if (sender !== undefined) wake(sender, true);
      } else if (isClosed) result = CLOSED;
      else {
        receivers.push(running);
        return undefined;
      }
      return true;
    },
    close() {
      isClosed = true;
      receivers.forEach((receiver) => {
        wake(receiver, CLOSED);
      });
    },
  };
};
