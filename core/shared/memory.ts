/**
 * The memory of shared tasks: one buffer, which each thread sees through columns of its own.
 *
 *   word   0       1       8 ...
 *          MAGIC   words   | region | region | ...     one for each instance of a shared kind, in the order in which
 *                                                      slots are: the same on every thread that runs this code
 *
 * `words_` and `doubles_` are the same bytes: word w is half of double w >> 1. Regions start at even words.
 */
import { DEV } from "../dev.js";
import { fail } from "../errors.js";
import { kinds } from "../kinds.js";

/** ES2017's, which ES5's library does not know; without it the memory is of one thread. */
declare const SharedArrayBuffer: (new (bytes: number) => ArrayBuffer) | undefined;

/** See the head of this file. */
export interface SharedMemory {
  /** What all threads see; hand it to `makeSharedMemory` on another one. */
  readonly buffer: ArrayBufferLike;
  readonly words_: Int32Array;
  readonly doubles_: Float64Array;
  /** Where the next region begins. */
  next_: number;
}

const MAGIC = 0x646d7368;
const HEADER = 8;

/**
 * The memory that the shared tasks of this program need; `buffer` is that of another thread, which runs the same code.
 *
 * @throws E131 when `buffer` was made for something else
 */
export function makeSharedMemory(buffer?: ArrayBufferLike): SharedMemory {
  const words = HEADER + declaredWords();
  const bytes = buffer === undefined ? makeBuffer(words << 2) : buffer;
  const memory: SharedMemory = {
    buffer: bytes,
    words_: new Int32Array(bytes),
    doubles_: new Float64Array(bytes),
    next_: HEADER,
  };
  if (buffer === undefined) {
    memory.words_[0] = MAGIC;
    memory.words_[1] = words;
  } else if (memory.words_[0] !== MAGIC || memory.words_[1] !== words) {
    const have = memory.words_[0] === MAGIC ? memory.words_[1]! : 0;
    const text = have + " words for shared tasks, and this program has " + words;
    fail("E131", "memory", DEV && text + ". Run one and the same program on all threads");
  }
  return memory;
}

/** Takes `words` more words; where they begin. */
export function claimWords(memory: SharedMemory, words: number): number {
  const first = memory.next_;
  memory.next_ = first + words;
  return first;
}

/** Words of all regions of the kinds declared so far. */
function declaredWords(): number {
  let words = 0;
  for (const kind of kinds) words += kind.words_ * kind.pool;
  return words;
}

function makeBuffer(bytes: number): ArrayBufferLike {
  return typeof SharedArrayBuffer === "undefined" ? new ArrayBuffer(bytes) : new SharedArrayBuffer(bytes);
}
