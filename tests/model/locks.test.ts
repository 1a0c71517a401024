/** Semaphores and locks beside twins that count anew, at each moment, what is with whom. */
import { GreedySemaphore } from "../../core/sync/greedy-semaphore.js";
import { Mutex } from "../../core/sync/mutex.js";
import { RwLock } from "../../core/sync/rw-lock.js";
import { Semaphore } from "../../core/sync/semaphore.js";
import { behaves, type Arm, type Arms, type Twin } from "../support/parties.js";
import { suite } from "../support/suite.js";

const test = suite("model: semaphores and locks");

const GUARD = "a guard";

/** What is seen of a guard. */
const shown = (value: unknown): unknown => (typeof value === "object" && value !== null ? GUARD : value);

const sum = (arms: readonly Arm<"acquire">[]): number =>
  arms.reduce((all, arm) => all + wants(arm.detail), 0);

/** At most as many as the smallest semaphore of a run has. */
const wants = (detail: number): number => detail + 1;

class SemaphoreTwin implements Twin<"acquire"> {
  private held: number;

  constructor(
    private readonly permits: number,
    private readonly isGreedy: boolean,
  ) {
    this.held = permits;
  }

  next({ waiting, told }: Arms<"acquire">): Arm<"acquire"> | undefined {
    const free = this.permits - this.held - sum(told);
    const candidates = this.isGreedy ? waiting : waiting.slice(0, 1);
    return candidates.find((each) => wants(each.detail) <= free);
  }

  take(arm: Arm<"acquire">): string {
    this.held += wants(arm.detail);
    return GUARD;
  }

  giveBack(): void {
    // it is not told any more
  }

  act(what: string, detail: number, { waiting, told }: Arms<"acquire">): unknown {
    const free = this.permits - this.held - sum(told);
    if (what === "tryAcquire") {
      if (wants(detail) > free || (!this.isGreedy && waiting.length > 0)) return null;
      this.held += wants(detail);
      return GUARD;
    }
    if (free + wants(detail) > this.permits) return "E123";
    this.held -= wants(detail);
    return undefined;
  }

  look({ told }: Arms<"acquire">): number {
    return this.permits - this.held - sum(told);
  }
}

for (const [name, made] of [
  ["Semaphore", Semaphore],
  ["GreedySemaphore", GreedySemaphore],
] as const) {
  test(`${name} gives its permits to those whose turn it is, and loses none`, () => {
    behaves({
      real: (size) => {
        const semaphore = new made(size + 2, 0);
        return {
          start: (_, detail) => semaphore.acquire(wants(detail)),
          act: (what, detail) =>
            what === "release"
              ? semaphore.release(wants(detail))
              : shown(semaphore.tryAcquire(wants(detail))),
          look: () => semaphore.available,
          given: shown,
        };
      },
      twin: (size) => new SemaphoreTwin(size + 2, made === GreedySemaphore),
      kinds: ["acquire"],
      acts: ["release", "release", "tryAcquire"],
      details: 3,
    });
  });
}

class MutexTwin implements Twin<"lock"> {
  private isHeld = false;

  next({ waiting, told }: Arms<"lock">): Arm<"lock"> | undefined {
    return this.isHeld || told.length > 0 ? undefined : waiting[0];
  }

  take(): string {
    this.isHeld = true;
    return GUARD;
  }

  giveBack(): void {
    // it is not told any more
  }

  act(what: string, _: number, { told }: Arms<"lock">): unknown {
    const isFree = !this.isHeld && told.length === 0;
    if (what === "tryLock") {
      if (isFree) this.isHeld = true;
      return isFree ? GUARD : null;
    }
    if (!this.isHeld) return "E122";
    this.isHeld = false;
    return undefined;
  }

  look({ told }: Arms<"lock">): boolean {
    return this.isHeld || told.length > 0;
  }
}

test("Mutex has one holder at a time, and hands over in the order of arrival", () => {
  behaves({
    real: () => {
      const mutex = new Mutex();
      return {
        start: () => mutex.lock(),
        act: (what) => (what === "release" ? mutex.release() : shown(mutex.tryLock())),
        look: () => mutex.isLocked,
        given: shown,
      };
    },
    twin: () => new MutexTwin(),
    kinds: ["lock"],
    acts: ["release", "release", "tryLock"],
  });
});

type Access = "read" | "write";

class RwLockTwin implements Twin<Access> {
  private readers = 0;
  private isWriting = false;

  next({ waiting, told }: Arms<Access>): Arm<Access> | undefined {
    const writer = waiting.find((each) => each.kind === "write");
    if (this.isWriting || told.some((each) => each.kind === "write")) return undefined;
    const reader = waiting.find(
      (each) => each.kind === "read" && (writer === undefined || each.gives === "its turn"),
    );
    const isRead = this.readers > 0 || told.length > 0;
    return reader ?? (isRead ? undefined : writer);
  }

  /** A write ended: who waits to read now has a turn before the next writer. */
  private endWrite(waiting: readonly Arm<Access>[]): void {
    this.isWriting = false;
    for (const arm of waiting) arm.gives = "its turn";
  }

  take(arm: Arm<Access>): string {
    if (arm.kind === "read") this.readers++;
    else this.isWriting = true;
    return GUARD;
  }

  giveBack(arm: Arm<Access>, { waiting }: Arms<Access>): void {
    if (arm.kind === "write") this.endWrite(waiting);
  }

  act(what: string, _: number, { waiting, told }: Arms<Access>): unknown {
    const isWriting = this.isWriting || told.some((each) => each.kind === "write");
    const isRead = this.readers > 0 || told.some((each) => each.kind === "read");
    if (what === "tryRead") {
      if (isWriting || waiting.some((each) => each.kind === "write")) return null;
      this.readers++;
      return GUARD;
    }
    if (what === "tryWrite") {
      if (isWriting || isRead) return null;
      this.isWriting = true;
      return GUARD;
    }
    if (this.readers > 0) this.readers--;
    else if (this.isWriting) this.endWrite(waiting);
    else return "E122";
    return undefined;
  }

  look({ told }: Arms<Access>): unknown {
    const readers = this.readers + told.filter((each) => each.kind === "read").length;
    return [readers, this.isWriting || told.some((each) => each.kind === "write")];
  }
}

test("RwLock has many readers or one writer, writers first, and all readers between two writers", () => {
  behaves({
    real: () => {
      const lock = new RwLock();
      const acts = {
        release: () => lock.release(),
        tryRead: () => shown(lock.tryRead()),
        tryWrite: () => shown(lock.tryWrite()),
      };
      return {
        start: (kind) => lock[kind](),
        act: (what) => acts[what as keyof typeof acts](),
        look: () => [lock.readers, lock.isWriting],
        given: shown,
      };
    },
    twin: () => new RwLockTwin(),
    kinds: ["read", "read", "write"],
    acts: ["release", "release", "release", "release", "tryRead", "tryWrite"],
    runs: 3000,
  });
});
