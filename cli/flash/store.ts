/**
 * Storing a file on the board so that no cut leaves half a program that runs.
 *
 * What Espruino does (jsflash.c, and measured on 2v29): a write at offset 0 first marks the old file deleted,
 * then takes room for the new one, then writes. There is no rename and no checksum. Hence two steps:
 *
 *   1. the file goes to the board under a name of its own, and is checked there: a line that breaks now leaves
 *      the old program untouched;
 *   2. one statement copies it to .bootcde on the board: a line that breaks now stops nothing. Only a power cut
 *      within the copy (milliseconds) loses the old program, and what is there then runs nothing: see pieces.ts.
 *
 * Where there is no room for both, the file is written to .bootcde directly: a broken line leaves a board
 * without program, but still never half a one.
 */
import { crc32, pieces } from "./pieces.js";
import { ReplError, type Repl } from "./repl.js";

export const BOOT = ".bootcde";
/** Eight letters at most: older firmware has no room for more. */
export const STAGE = "dm.new";
/** What a file costs beside its bytes: header of 32, alignment to 8. */
const FILE_COST = 40;
/** Around a literal in a statement: marks, name, numbers. */
const STATEMENT_COST = 140;

/**
 * Defined on the board, as long as its RAM lasts: writes `d` at `o` of file `n`, unless it was damaged on its
 * way or is there already, as after an answer that was lost. So this may be repeated, which a `write` may only
 * at offset 0, where it makes the file anew.
 */
const WRITER =
  `dmWrite=function(n,d,c,o,z,s){s=require("Storage");if(E.CRC32(d)>>>0!=c)throw"damaged on its way";` +
  `return o&&s.read(n,o,d.length)===d||s.write(n,d,o,z)}`;

/** What is read back: from the board, or expected. */
export interface Sum {
  readonly length: number;
  readonly crc: number;
}

/** How long the board may take for one statement. */
export interface Limits {
  readonly answerMs: number;
  /** For what may make the board move all its files together. */
  readonly compactMs: number;
}

/** The board's storage, in bytes. */
export interface Room {
  readonly free: number;
  /** Taken by deleted files; usable after moving the others together. */
  readonly trash: number;
  readonly oldProgram: number;
  /** Longest line that its input buffer takes for sure. */
  readonly line: number;
}

/** Smallest input buffer of any board is 256 bytes. */
const DEFAULT_BUFFER = 256;
const LONGEST_LINE = 1024;

/** Reads what room there is. */
export async function readRoom(repl: Repl, limits: Limits): Promise<Room> {
  const numbers = await repl.ask(
    `function(s,m){return[s.getFree(),s.getStats?s.getStats().trashBytes:0,(s.read("${BOOT}")||"").length,` +
      `m.rx?m.rx.total:0].join()}(require("Storage"),process.memory())`,
    limits.answerMs,
  );
  const [free = 0, trash = 0, oldProgram = 0, buffer = 0] = numbers.split(",").map(Number);
  // Half of it, as the fence and what a person types take some too.
  const line = Math.min(buffer > 0 ? buffer / 2 : DEFAULT_BUFFER, LONGEST_LINE);
  return { free, trash, oldProgram, line };
}

/** How a file of `length` bytes gets to .bootcde: in two steps, directly, or not at all. */
export function planFor(length: number, room: Room): "staged" | "direct" | "full" {
  const cost = length + FILE_COST;
  if (room.free + room.trash >= 2 * cost) return "staged";
  return room.free + room.trash + room.oldProgram >= cost ? "direct" : "full";
}

/** Whether deleted files must be cleared away first, so that it does not happen within the copy. */
export function needsCompacting(length: number, room: Room): boolean {
  return room.free < 2 * (length + FILE_COST);
}

/** Writes the whole file under `name`; `onWritten` hears how many bytes are there. */
export async function writeFile(
  repl: Repl,
  name: string,
  file: Uint8Array,
  line: number,
  limits: Limits,
  onWritten: (done: number) => void,
): Promise<void> {
  let done = 0;
  await repl.ask(`(${WRITER},1)`, limits.answerMs);
  for (const { offset, length, literal } of pieces(file, Math.max(line - STATEMENT_COST, 64))) {
    const crc = crc32(file.subarray(offset, offset + length));
    const statement = `dmWrite("${name}",${literal},${crc},${offset},${offset === 0 ? file.length : 0})`;
    // Only the first takes room, for which other files may have to move.
    const answer = await repl.ask(statement, offset === 0 ? limits.compactMs : limits.answerMs);
    if (answer !== "true") throw new ReplError("refused", `write gave ${answer}`);
    done += length;
    onWritten(done);
  }
}

/** Reads back, on the board, what `name` holds. */
export async function readSum(repl: Repl, name: string, limits: Limits): Promise<Sum> {
  const answer = await repl.ask(
    `function(d){return d.length+","+(E.CRC32(d)>>>0)}(require("Storage").read("${name}")||"")`,
    limits.answerMs,
  );
  const [length = 0, crc = 0] = answer.split(",").map(Number);
  return { length, crc };
}

/** What must be read back. */
export function sumOf(file: Uint8Array): Sum {
  return { length: file.length, crc: crc32(file) };
}

/**
 * Copies the staged file to .bootcde (again, where it is repeated), in the order of pieces.ts, as one statement that needs no line to end.
 *
 * In steps of 128 bytes: what is read becomes a copy in the interpreter's memory on boards whose storage is not
 * in the processor's address space.
 */
export async function copyToBoot(repl: Repl, length: number, limits: Limits): Promise<void> {
  await repl.ask(
    `function(s,a,b,n,i){s.write(b,s.read(a,0,8),0,n);for(i=16;i<n;i+=128)s.write(b,s.read(a,i,128),i);` +
      `s.write(b,s.read(a,8,8),8)}(require("Storage"),"${STAGE}","${BOOT}",${length})`,
    limits.answerMs,
  );
}

/** Erases a file; no error when there is none. */
export async function erase(repl: Repl, name: string, limits: Limits): Promise<void> {
  await repl.ask(`require("Storage").erase("${name}")`, limits.answerMs);
}
