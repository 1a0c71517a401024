/**
 * The life of a task slot. Every change of state is one of these functions, and they are the only writers.
 *
 *   FREE / DONE / --1 reserve--> RESERVED --1 claim--+
 *   FAULTED / CANCELLED                              v   2 beginPoll               4 finish
 *                                                  READY ------------> RUNNING ------------> DONE | FAULTED | CANCELLED
 *                                                   ^  ^                 |   \
 *                                                   |  |   5 wake        | 3  \ 5 wake
 *                                                   |  +--------- WAITING <    v
 *                                                   |                        NOTIFIED -----> as RUNNING for 4
 *                                                   +--------------------------- 3 suspend
 *
 *   READY / WAITING --6 depart--> AWAY, on another thread --7 arrive--> READY / WAITING
 *   WAITING --8 pause--> PAUSED, and READY or woken meanwhile PAUSED_READY --9 resume--> as before
 *   RUNNING --8 pause--> PAUSING --3--> PAUSED_READY
 *   RESERVED --4 finish--> FREE
 *
 *   1 Arena.tryClaim        takes the slot, its generation grows: older handles and wakers are stale from here
 *   2 Executor.poll         the state is left before the poll, so a wake during it is not lost
 *   3 Executor.poll         the task waits, or is ready again when something woke it meanwhile
 *   4 Executor.poll         its outermost frame ended
 *   5 Executor.wake         idempotent until the next poll
 *   6 handOver              nothing here touches the task until it comes back
 *   7 takeOver              from any state: what the slot held before is where the task is now
 *   8 Executor.pause        no turn until 9; wakes are noted
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
export const RESERVED = 9;
export const PAUSED = 10;
export const PAUSED_READY = 11;
export const PAUSING = 12;

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
  "reserved",
  "paused",
  "paused",
  "running",
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
  return state === FREE || isEnd(state);
}

/** Whether the task is over, and nothing has the slot since. */
export function isEnd(state: number): boolean {
  return state >= DONE && state <= CANCELLED;
}

/** 1: the slot is kept for a task that is started later. */
export function reserve(task: Alive): void {
  task.life_ = RESERVED;
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
  if (task.life_ !== RUNNING) return again(task);
  task.life_ = WAITING;
  return false;
}

/** 3, 5: the poll ended, and the task has woken itself: it must be queued again. */
export function again(task: Alive): boolean {
  if (task.life_ === PAUSING) {
    task.life_ = PAUSED_READY;
    return false;
  }
  task.life_ = READY;
  return true;
}

/** 4: the task ended, with one of the three last states; or what was reserved is not needed. */
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
  if (state === PAUSED) task.life_ = PAUSED_READY;
  return isEnd(state) || state === FREE || state === AWAY || state === RESERVED ? GONE : ALREADY_READY;
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

/** 8: the task has no turn from now on; one that runs goes on to its next wait. */
export function pause(task: Alive): void {
  const state = task.life_;
  if (state === WAITING) task.life_ = PAUSED;
  if (state === READY) task.life_ = PAUSED_READY;
  if (state === RUNNING || state === NOTIFIED) task.life_ = PAUSING;
}

/** 9: the task goes on; true when it must be queued. */
export function resume(task: Alive): boolean {
  const state = task.life_;
  if (state === PAUSED) task.life_ = WAITING;
  if (state === PAUSED_READY) task.life_ = READY;
  if (state === PAUSING) task.life_ = NOTIFIED;
  return state === PAUSED_READY;
}
