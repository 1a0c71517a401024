/** What a board sends, taken apart: lines of text, and the two bytes that say stop and go. */

/** Sent by the board when its input buffer fills, and when it has room again. */
export const XOFF = 0x13;
export const XON = 0x11;

/** Splits bytes into clean lines, wherever the chunks begin and end. */
export class Incoming {
  /** Whether the board asked us to stop sending. */
  isStopped = false;
  /** Whether anything but flow control ever arrived. */
  hasText = false;
  #partial = "";

  /** Takes one chunk and returns the lines it completes. */
  feed(bytes: Uint8Array): string[] {
    for (const byte of bytes) this.#take(byte);
    const lines = this.#partial.split("\n");
    this.#partial = lines.pop() ?? "";
    return lines.map(clean);
  }

  /** The unfinished line, for output that ends without a newline. */
  get partial(): string {
    return clean(this.#partial);
  }

  /** Takes the unfinished line. */
  takePartial(): string {
    const line = this.partial;
    this.#partial = "";
    return line;
  }

  #take(byte: number): void {
    if (byte === XOFF || byte === XON) this.isStopped = byte === XOFF;
    else {
      this.hasText = true;
      this.#partial += String.fromCharCode(byte);
    }
  }
}

/**
 * One line without what only moves a terminal's cursor.
 *
 * Before a program prints, the REPL wipes its own prompt with `\r\x1b[J`: what stands before it is gone from
 * the screen, so it goes here too. Whole lines only, as an escape sequence may be cut by a chunk.
 */
function clean(line: string): string {
  const shown = line.slice(line.lastIndexOf("\r\x1b[J") + 1);
  const plain = shown.replace(/\x1b\[[0-9;?]*[A-Za-z]/g, "").replace(/[\x00-\x08\x0b-\x1f\x7f]/g, "");
  return plain.replace(/^>+/, "");
}
