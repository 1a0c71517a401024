/**
 * The smallest runtime that the peers' programs work with: generators in the place of async functions, a ring of ready
 * tasks that is drained in turns, and the leaves that the samples wait for. A leaf answers true when its value is there
 * at once, in `value_` of the running task.
 */
import { after, later } from "./platform.js";

declare function print(line: string): void;

interface Task {
  readonly steps_: Iterator<unknown, unknown>;
  value_: unknown;
}

export const CLOSED = {};

let ready: Task[] = [];
let running: Task;

/** The functions of peers are generators already. */
export const task = <T>(body: T): T => body;

export const ms = (count: number): number => count;

export function spawn(body: (...args: unknown[]) => Iterator<unknown, unknown>, ...args: unknown[]): void {
  wake({ steps_: body(...args), value_: undefined }, undefined);
}

function wake(task: Task, value: unknown): void {
  task.value_ = value;
  if (ready.push(task) === 1) later(run);
}

function run(): void {
  const turn = ready;
  ready = [];
  for (const task of turn) step(task);
}

function step(task: Task): void {
  running = task;
  try {
    for (;;) {
      const { done, value } = task.steps_.next(task.value_);
      if (done === true || value !== true) return;
    }
  } catch (error) {
    print("a task ended by an error: " + String(error));
  }
}

export function sleep(delay: number): void {
  after(wake, delay, running);
}

export function yieldNow(): void {
  wake(running, undefined);
}

export class Channel {
  private readonly items_: unknown[] = [];
  private readonly receivers_: Task[] = [];
  private readonly senders_: Task[] = [];
  private readonly sent_: unknown[] = [];
  private isClosed_ = false;

  constructor(private readonly capacity_: number) {}

  send(value: unknown): boolean {
    running.value_ = !this.isClosed_;
    const receiver = this.receivers_.shift();
    if (receiver !== undefined) wake(receiver, value);
    else if (this.items_.length < this.capacity_) this.items_.push(value);
    else {
      this.senders_.push(running);
      this.sent_.push(value);
      return false;
    }
    return true;
  }

  receive(): boolean {
    if (this.items_.length > 0) {
      running.value_ = this.items_.shift();
      const sender = this.senders_.shift();
      if (sender !== undefined) {
        this.items_.push(this.sent_.shift());
        wake(sender, true);
      }
    } else if (this.isClosed_) running.value_ = CLOSED;
    else {
      this.receivers_.push(running);
      return false;
    }
    return true;
  }

  close(): void {
    this.isClosed_ = true;
    for (const receiver of this.receivers_) wake(receiver, CLOSED);
  }
}
