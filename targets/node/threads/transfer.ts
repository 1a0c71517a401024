/** Lists of what moves from one thread to another. */

/**
 * Finds what has moved already: Node posts a view of such a buffer without a word, and the other side cannot read it.
 *
 * @throws when there is some
 */
export function checkTransfer(transfer: readonly unknown[]): void {
  for (const each of transfer) {
    if (each instanceof ArrayBuffer && isDetached(each))
      throw new Error("a buffer in transfer has moved already");
  }
}

function isDetached(buffer: ArrayBuffer): boolean {
  if (buffer.byteLength > 0) return false;
  try {
    new Uint8Array(buffer);
    return false;
  } catch {
    return true;
  }
}
