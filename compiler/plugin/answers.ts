/**
 * What the loader of the main thread answered, for the loaders of its workers: they run the same code, and compile nothing.
 *
 *   bytes in use | length, question and answer as JSON | length, ...       in memory that grows, and all threads see
 *
 * The main thread writes, before its module runs: whatever that starts finds the answers.
 */

/** The most that is kept, in bytes: of address space, at first. What is beyond, workers compile for themselves. */
const MOST = 1 << 28;
const HEADER = 4;

/** ES2024's, where Node has it. */
type Growing = SharedArrayBuffer & { grow(bytes: number): void };

/** Empty memory for them. */
export function answersMemory(): SharedArrayBuffer {
  const options = { maxByteLength: MOST };
  return new (SharedArrayBuffer as new (bytes: number, options: object) => SharedArrayBuffer)(
    HEADER,
    options,
  );
}

/** See the head of this file. */
export class Answers {
  private readonly known = new Map<string, string | null>();
  /** Up to where they were read. */
  private read = HEADER;

  constructor(private readonly memory: SharedArrayBuffer) {}

  has(question: string): boolean {
    this.readOn();
    return this.known.has(question);
  }

  get(question: string): string | undefined {
    return this.known.get(question) ?? undefined;
  }

  add(question: string, answer: string | undefined): void {
    const bytes = Buffer.from(JSON.stringify([question, answer ?? null]));
    const begin = Math.max(this.used, HEADER);
    const end = begin + HEADER + bytes.length;
    if (end > MOST) return;
    (this.memory as Growing).grow(end);
    new DataView(this.memory).setUint32(begin, bytes.length);
    new Uint8Array(this.memory).set(bytes, begin + HEADER);
    Atomics.store(new Int32Array(this.memory, 0, 1), 0, end);
  }

  private get used(): number {
    return Atomics.load(new Int32Array(this.memory, 0, 1), 0);
  }

  private readOn(): void {
    while (this.read < this.used) {
      const length = new DataView(this.memory).getUint32(this.read);
      const from = this.read + HEADER;
      this.read = from + length;
      const bytes = Buffer.from(new Uint8Array(this.memory).slice(from, this.read));
      const [question, answer] = JSON.parse(bytes.toString()) as [string, string | null];
      this.known.set(question, answer);
    }
  }
}
