/** Espruino's Storage as far as flashing sees it: what jsflash.c does with one bank of flash. */

const HEADER = 32;

interface File {
  readonly bytes: Uint8Array;
}

/** Faults count all writes from the first, starting with 1. */
export interface StorageFaults {
  readonly capacity?: number;
  /** This write changes one of its bytes. */
  readonly corruptWrite?: number;
  /** From this write on, nothing can be written. */
  readonly refuseWrite?: number;
  /** Called before each write; throws to cut the power. */
  readonly beforeWrite?: (count: number) => void;
}

export class FakeStorage {
  readonly files = new Map<string, File>();
  readonly #faults: StorageFaults;
  #trash = 0;
  writes = 0;

  constructor(faults: StorageFaults) {
    this.#faults = faults;
  }

  read(name: string, offset = 0, length?: number): string | undefined {
    const file = this.files.get(name);
    const end = length === undefined ? undefined : offset + length;
    return file && Buffer.from(file.bytes.subarray(offset, end)).toString("latin1");
  }

  write(name: string, data: string, offset = 0, size = 0): boolean {
    this.writes++;
    this.#faults.beforeWrite?.(this.writes);
    if (this.writes >= (this.#faults.refuseWrite ?? Infinity)) throw new Error("Flash is write protected");
    if (offset === 0) this.#create(name, size || data.length);
    const file = this.files.get(name);
    if (!file) throw new Error("Unable to find or create file");
    const target = file.bytes.subarray(offset, offset + data.length);
    if (target.length < data.length) throw new Error("Too much data for file size");
    if (target.some((byte) => byte !== 0xff)) throw new Error("File already written with different data");
    target.set(Buffer.from(data, "latin1"));
    if (this.writes === this.#faults.corruptWrite) target[0] = 0x20;
    return true;
  }

  erase(name: string): void {
    const file = this.files.get(name);
    if (file) this.#trash += file.bytes.length + HEADER;
    this.files.delete(name);
  }

  compact(): void {
    this.#trash = 0;
  }

  getFree(): number {
    let used = this.#trash;
    for (const { bytes } of this.files.values()) used += bytes.length + HEADER;
    return (this.#faults.capacity ?? 100_000) - used;
  }

  getStats(): { trashBytes: number } {
    return { trashBytes: this.#trash };
  }

  #create(name: string, size: number): void {
    this.erase(name);
    if (size + HEADER > this.getFree()) this.compact();
    if (size + HEADER > this.getFree()) throw new Error("Unable to find or create file");
    this.files.set(name, { bytes: new Uint8Array(size).fill(0xff) });
  }
}
