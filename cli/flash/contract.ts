/** The contract between the REPL driver and what carries its bytes. */

/** A byte stream to a board. Bytes that arrive before `onData` was called are kept for it. */
export interface Port {
  /** As the user named it; for messages. */
  readonly name: string;
  /** Resolves when the bytes were handed to the system; rejects once the port is closed. */
  write(bytes: Uint8Array): Promise<void>;
  /** Sets the one listener. */
  onData(listener: (bytes: Uint8Array) => void): void;
  /** Sets the one listener; called once, also when the port is closed already. Not called by `close()`. */
  onClose(listener: (reason: string) => void): void;
  close(): void;
}
