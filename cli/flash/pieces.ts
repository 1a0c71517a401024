/** A program as the pieces that are written: what the file holds, in which order, and how it is spelled. */

/**
 * Stands at the front of the file; a comment to the interpreter.
 *
 * Eight bytes, as some boards (STM32L4, nRF52 with long words) can write each aligned 8 bytes only once.
 */
export const GUARD = "/*dorm*/";
const WORD = GUARD.length;

/** Part of the file, with the JavaScript literal that makes it on the board. */
export interface Piece {
  readonly offset: number;
  readonly length: number;
  readonly literal: string;
}

/** The bytes of the file for `code`. */
export function fileOf(code: string): Uint8Array {
  return Buffer.from(GUARD + code, "utf8");
}

/**
 * Cuts a file into pieces, in the order in which they must be written.
 *
 * Espruino runs a boot file statement by statement while it parses, so a file whose end is missing runs its
 * beginning (measured on 2v29: `print(1);print(2);print(3` cut there printed 1 and 2). Therefore the first word
 * of the program, right after the guard, is written last: until then these bytes read 0xFF, as erased flash
 * does, and the interpreter stops there with `Got [ERASED] expected EOF` (older ones: `?[255]`) having run
 * nothing but the guard. The guard itself is there because a write at offset 0 is what creates the file.
 *
 * @param budget - how long a literal may get; at least 64
 */
export function* pieces(file: Uint8Array, budget: number): Generator<Piece> {
  yield piece(file, 0, WORD);
  for (let start = 2 * WORD; start < file.length;) {
    const end = endOfPiece(file, start, budget);
    yield piece(file, start, end);
    start = end;
  }
  yield piece(file, WORD, Math.min(2 * WORD, file.length));
}

function piece(file: Uint8Array, start: number, end: number): Piece {
  let literal = '"';
  for (const byte of file.subarray(start, end)) literal += spell(byte);
  return { offset: start, length: end - start, literal: `${literal}"` };
}

/** The end of the longest piece of whole words that the budget allows; one word always fits in 64. */
function endOfPiece(file: Uint8Array, start: number, budget: number): number {
  let length = 2;
  let end = start;
  while (end < file.length) {
    const next = Math.min(end + WORD, file.length);
    for (const byte of file.subarray(end, next)) length += spell(byte).length;
    if (length > budget && end > start) break;
    end = next;
  }
  return end;
}

/**
 * One byte inside a string literal, in printable ASCII only: safe from every line's encoding, from flow control
 * and from the line editor, and never mistaken for UTF-8. Always two digits, so no digit after it can join it.
 */
function spell(byte: number): string {
  if (byte === 0x22 || byte === 0x5c) return `\\${String.fromCharCode(byte)}`;
  if (byte === 0x0a) return "\\n";
  if (byte >= 0x20 && byte < 0x7f) return String.fromCharCode(byte);
  return `\\x${byte.toString(16).padStart(2, "0")}`;
}

/** CRC-32 (IEEE 802.3), as `E.CRC32` computes it. Node's own came after 20.0. */
export function crc32(bytes: Uint8Array): number {
  let crc = -1;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}
