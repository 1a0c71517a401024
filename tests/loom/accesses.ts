import { isWrite, type Access } from "./machine.js";

/** Who reads and writes which word, as far as was seen. */
export class Accesses {
  isRight = true;
  private readonly readers_: number[] = [];
  private readonly writers_: number[] = [];
  private readonly guessed_: number[] = [];

  note({ index, kind }: Access, thread: number): void {
    if (kind === "choose" || kind === "event") return;
    const isNew =
      this.add_(this.readers_, index, thread) |
      (kind.endsWith("load") ? 0 : this.add_(this.writers_, index, thread));
    if (isNew !== 0 && ((this.guessed_[index] ?? 0) & ~(1 << thread)) !== 0) this.isRight = false;
  }

  private add_(masks: number[], index: number, thread: number): number {
    const before = masks[index] ?? 0;
    masks[index] = before | (1 << thread);
    return masks[index] === before ? 0 : 1;
  }

  /** Whether no access of another one of the threads that may still act, a bit each, depends on this one. */
  isPrivate(access: Access, thread: number, acting: number): boolean {
    if (access.kind === "choose") return true;
    if (["wait", "waitAsync", "notify", "event"].includes(access.kind)) return false;
    const others = (isWrite(access) ? this.readers_ : this.writers_)[access.index] ?? 0;
    if ((others & acting & ~(1 << thread)) !== 0) return false;
    this.guessed_[access.index] = (this.guessed_[access.index] ?? 0) | (1 << thread);
    return true;
  }
}
