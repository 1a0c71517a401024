/** Opens the port a board is reached through. */
import type { Port } from "./contract.js";
import { portError } from "./errors.js";
import { openSerial } from "./serial.js";
import { openTcp } from "./tcp.js";

export type { Port } from "./contract.js";

/** ESP boards and their USB adapters; a board with USB of its own ignores the number. */
const DEFAULT_BAUD = 115200;

/**
 * Opens `tcp://HOST:PORT` or a serial device such as /dev/ttyACM0 or /dev/ttyUSB0@9600 (`@` its baud rate).
 *
 * @throws E601 when the name is neither, or the port cannot be opened
 */
export async function openPort(name: string): Promise<Port> {
  const tcp = /^tcp:\/\/(\[[^\]]+\]|[^:/]+):(\d+)\/?$/.exec(name);
  if (tcp?.[1] !== undefined) return openTcp(name, tcp[1].replace(/^\[|\]$/g, ""), Number(tcp[2]));
  const serial = /^(\/[^@]+)(?:@(\d+))?$/.exec(name);
  if (serial?.[1] !== undefined) return openSerial(name, serial[1], Number(serial[2] ?? DEFAULT_BAUD));
  throw portError(name, "is neither tcp://HOST:PORT nor a device path such as /dev/ttyACM0.");
}
