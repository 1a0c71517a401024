/** TCP ports: a bridge, an emulator or a serial server instead of a cable. */
import { connect } from "node:net";
import type { Port } from "./contract.js";
import { portError } from "./errors.js";

const CONNECT_LIMIT_MS = 5000;
const CLOSED = "the other side closed it";

/**
 * Connects to `host`.
 *
 * @throws E601 when the port number is none, or nobody accepts the connection
 */
export async function openTcp(name: string, host: string, port: number): Promise<Port> {
  if (port < 1 || port > 65535) throw portError(name, `the port number ${port} is not within 1 and 65535.`);
  return new Promise((opened, refused) => {
    const socket = connect({ host, port, noDelay: true });
    const limit = setTimeout(() => socket.destroy(new Error("ETIMEDOUT")), CONNECT_LIMIT_MS);
    socket.once("error", (error: NodeJS.ErrnoException) => {
      clearTimeout(limit);
      refused(portError(name, `${connectProblem(error)}.`));
    });
    socket.once("connect", () => {
      clearTimeout(limit);
      opened(socketPort(name, socket));
    });
  });
}

function connectProblem(error: NodeJS.ErrnoException): string {
  const reason = error.code ?? error.message;
  if (reason === "ECONNREFUSED") return "refused: nothing listens there";
  if (reason === "ENOTFOUND" || reason === "EAI_AGAIN") return "there is no host of that name";
  if (reason === "ETIMEDOUT") return `no connection within ${CONNECT_LIMIT_MS} ms`;
  return `cannot be reached (${reason})`;
}

function socketPort(name: string, socket: ReturnType<typeof connect>): Port {
  let reason: string | undefined;
  let isOurs = false;
  const lose = (error: NodeJS.ErrnoException): string =>
    (reason ??= error.code === "EPIPE" || error.code === "ECONNRESET" ? CLOSED : error.message);
  let closed: (reason: string) => void = () => undefined;
  socket.on("error", lose);
  socket.on("end", () => (reason ??= CLOSED));
  socket.on("close", () => {
    reason ??= "connection lost";
    if (!isOurs) closed(reason);
  });
  return {
    name,
    write: (bytes) =>
      new Promise((done, failed) => {
        socket.write(bytes, (error) => {
          if (error) failed(new Error(lose(error)));
          else done();
        });
      }),
    // A socket without a listener is paused, so nothing is lost before this call.
    onData: (listener) => socket.on("data", listener),
    onClose(listener) {
      closed = listener;
      if (socket.destroyed && !isOurs) listener(reason ?? "connection lost");
    },
    close() {
      isOurs = true;
      socket.destroy();
    },
  };
}
