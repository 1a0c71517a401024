/**
 * The life of a task slot. Every change of state is one of these functions, and they are the only writers.
 *
 *                1 claim                 2 beginPoll               4 finish
 *   FREE / DONE / FAULTED / ------> READY ------------> RUNNING ------------> DONE | FAULTED | CANCELLED
 *   CANCELLED                        ^  ^                 |   \
 *                                    |  |   5 wake        | 3  \ 5 wake
 *                                    |  +--------- WAITING <    v
 *                                    |                        NOTIFIED -----> as RUNNING for 4
 *                                    +--------------------------- 3 suspend
 *
 *   READY / WAITING --6 depart--> AWAY, on another thread --7 arrive--> READY / WAITING
 *
 *   1 Executor.spawn        takes the slot, its generation grows: older handles and wakers are stale from here
 *   2 Executor.poll         the state is left before the poll, so a wake during it is not lost
 *   3 Executor.poll         the task waits, or is ready again when something woke it meanwhile
 *   4 Executor.poll         its outermost frame ended
 *   5 Executor.wake         idempotent until the next poll
 *   6 handOver              nothing here touches the task until it comes back
 *   7 takeOver              from any state: what the slot held before is where the task is now
 */
export const FREE = 0;
export const READY = 1;
export const RUNNING = 2;
export const NOTIFIED = 3;
export const WAITING = 4;
export const DONE = 5;
export const FAULTED = 6;
export const CANCELLED = 7;
export const AWAY = 8;

/** Words for people, by state. */
export const STATE_NAMES = [
  "free",
  "ready",
  "running",
  "running",
  "waiting",
  "done",
  "faulted",
  "cancelled",
  "away",
];

/** What {@link wake} found. Only after `WOKEN` must the slot be queued. */
export const WOKEN = 0;
export const ALREADY_READY = 1;
export const GONE = 2;

/** What has such a life: the strand of a slot. */
export interface Alive {
  life_: number;
}

/** How the slot may be used again. */
export function isClaimable(state: number): boolean {
  return state === FREE || (state >= DONE && state !== AWAY);
}

/** 1: the slot gets a new task. */
export function claim(task: Alive): void {
  task.life_ = READY;
}

/** 2: a poll starts. */
export function beginPoll(task: Alive): void {
  task.life_ = RUNNING;
}

/** 3: the poll ended without an end of the task; true when it must be queued again. */
export function suspend(task: Alive): boolean {
  const notified = task.life_ === NOTIFIED;
  task.life_ = notified ? READY : WAITING;
  return notified;
}

/** 3, 5: the poll ended, and the task has woken itself: it must be queued again. */
export function again(task: Alive): boolean {
  task.life_ = READY;
  return true;
}

/** 4: the task ended, with one of the three last states. */
export function finish(task: Alive, outcome: number): void {
  task.life_ = outcome;
}

/** 5: something the task waits for happened. */
export function wake(task: Alive): number {
  const state = task.life_;
  if (state === WAITING) {
    task.life_ = READY;
    return WOKEN;
  }
  if (state === RUNNING) task.life_ = NOTIFIED;
  return state === RUNNING || state === NOTIFIED || state === READY ? ALREADY_READY : GONE;
}

/** 6: the task goes to another thread; false when it is neither ready nor waiting. */
export function depart(task: Alive): boolean {
  if (task.life_ !== READY && task.life_ !== WAITING) return false;
  task.life_ = AWAY;
  return true;
}

/** 7: the task came from another thread; when it is ready it must be queued. */
export function arrive(task: Alive, isReady: boolean): void {
  task.life_ = isReady ? READY : WAITING;
}
