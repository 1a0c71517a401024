/** Netstrings, `LENGTH:BYTES,`: how the XS worker frames its messages. */

const COLON = 0x3a;
const COMMA = 0x2c;

/** Frames one message. */
export function encodeNetstring(message: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from(`${message.length}:`), message, Buffer.from(",")]);
}

/** Cuts a stream of bytes into messages, however the bytes arrive. */
export class NetstringReader {
  #chunks: Buffer[] = [];
  #size = 0;
  /** Bytes the buffer must hold before it is worth another look; spares joining a long message again and again. */
  #wanted = 0;

  /**
   * Adds bytes and returns the messages that they complete.
   *
   * @throws when the bytes are not a netstring
   */
  push(chunk: Buffer): Buffer[] {
    this.#chunks.push(chunk);
    this.#size += chunk.length;
    if (this.#size < this.#wanted) return [];
    let rest = Buffer.concat(this.#chunks);
    const messages: Buffer[] = [];
    for (let next = readOne(rest); ; next = readOne(rest)) {
      this.#wanted = next.end;
      if (next.message === undefined) break;
      messages.push(next.message);
      rest = rest.subarray(next.end);
    }
    this.#chunks = [rest];
    this.#size = rest.length;
    return messages;
  }
}

/** The first message of `bytes`, or nothing yet; `end` is where it ends, as far as that is known. */
function readOne(bytes: Buffer): { message?: Buffer; end: number } {
  const colon = bytes.indexOf(COLON);
  const digits = bytes.toString("latin1", 0, colon < 0 ? bytes.length : colon);
  if (!/^\d{0,9}$/.test(digits))
    throw new Error(`netstring: ${JSON.stringify(digits.slice(0, 20))} is not a length`);
  if (colon < 0) return { end: bytes.length + 1 };
  const comma = colon + 1 + Number(digits);
  if (bytes.length <= comma) return { end: comma + 1 };
  if (bytes[comma] !== COMMA) throw new Error("netstring: no comma after the message");
  return { message: bytes.subarray(colon + 1, comma), end: comma + 1 };
}
