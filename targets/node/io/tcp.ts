/** TCP for tasks, over Node's own sockets: libuv's epoll, kqueue or completion port beneath. */
import { createServer, connect as connectSocket, type AddressInfo, type Server, type Socket } from "node:net";
import { Channel, type Future } from "../../../core/index.js";
import { begin } from "../../../core/leaf.js";
import { complete, completeWithError, type Op } from "../../../core/op.js";
import { coded } from "../tool-errors.js";
import { ByteReader } from "./byte-reader.js";
import { ByteWriter } from "./byte-writer.js";

/** Where to connect to, or what to listen at. */
export interface TcpAddress {
  /** Its number; 0 to listen on any that is free. */
  readonly port: number;
  /** Default "127.0.0.1". */
  readonly host?: string;
}

/** Connections that a server holds for tasks to take; more are refused. */
const BACKLOG = 511;
const LOCAL = "127.0.0.1";

/** A connection. Close it: one that the other side has ended stays open for writing. */
export class TcpSocket {
  private readonly reader_: ByteReader;
  private readonly writer_: ByteWriter;
  /** Of the other side: "127.0.0.1:5000". */
  readonly peer: string;

  private readonly socket_: Socket;

  /** @internal {@link connect} and {@link listen} make them, of a Socket: users may have no types of Node's. */
  constructor(made: object) {
    const socket = made as Socket;
    this.socket_ = socket;
    this.peer = `${socket.remoteAddress ?? "?"}:${socket.remotePort ?? 0}`;
    this.reader_ = new ByteReader(socket, this.peer);
    this.writer_ = new ByteWriter(socket);
    socket.setNoDelay(true);
    socket.on("error", (error) => {
      this.fail_(broken(this.peer, error));
    });
    socket.on("close", () => {
      this.fail_(coded("E441", this.peer, "the connection is closed"));
    });
  }

  private fail_(error: Error): void {
    this.reader_.end(error);
    this.writer_.fail(error);
  }

  /** Waits for bytes and puts them into `into`; how many, 0 when the other side has ended. @throws E440, E441 */
  read(into: Uint8Array): Future<number> {
    return this.reader_.read(into);
  }

  /** As {@link read}, without a copy: what came in one piece, or null at the end. @throws E440, E441 */
  readChunk(): Future<Uint8Array | null> {
    return this.reader_.readChunk();
  }

  /** Writes all of `data`, and waits until its buffer may be used again. @throws E441 */
  write(data: Uint8Array | string): Future<void> {
    return this.writer_.write(data);
  }

  /** Ends our side once all is written; the other may go on. @throws E441 */
  end(): Future<void> {
    return this.writer_.end();
  }

  /** Lets go of the connection at once. */
  close(): void {
    this.socket_.destroy();
  }

  /** As {@link close}: what `using` does at the end of its scope. */
  [Symbol.dispose](): void {
    this.close();
  }
}

/** Connections to a port, a channel of them: `for await (const socket of server)`. */
export class TcpServer extends Channel<TcpSocket> {
  /** The number of the port that it listens on. */
  readonly port: number;

  private readonly server_: Server;

  /** @internal {@link listen} makes it, of a Server. */
  constructor(made: object) {
    super(BACKLOG);
    this.server_ = made as Server;
    this.port = (this.server_.address() as AddressInfo).port;
    this.server_.on("connection", (socket) => {
      const accepted = new TcpSocket(socket);
      if (!this.trySend(accepted)) accepted.close();
    });
  }

  /** Takes no more connections; those that wait are still given out. */
  override close(): void {
    this.server_.close();
    super.close();
  }

  /** As {@link close}: what `using` does at the end of its scope. */
  [Symbol.dispose](): void {
    this.close();
  }
}

/**
 * Waits for a connection to `address`.
 *
 * Cancel: the attempt is given up. @throws E441 when nobody answers
 */
export function connect(address: TcpAddress): Future<TcpSocket> {
  const { port, host = LOCAL } = address;
  const socket = connectSocket({ port, host, allowHalfOpen: true });
  const op = begin(socket, dropSocket, null);
  const failed = (error: Error): void => {
    completeWithError(op, broken(`${host}:${port}`, error));
  };
  socket.once("error", failed);
  socket.once("connect", () => {
    socket.off("error", failed);
    complete(op, new TcpSocket(socket));
  });
  return op as unknown as Future<TcpSocket>;
}

/** Waits until a server listens at `address`; port 0 is any that is free. @throws E442 when it cannot */
export function listen(address: TcpAddress): Future<TcpServer> {
  const { port, host = LOCAL } = address;
  const server = createServer({ allowHalfOpen: true });
  const op = begin(server, dropServer, null);
  const failed = (error: Error): void => {
    const text = `cannot listen: ${error.message}`;
    completeWithError(op, Object.assign(coded("E442", `${host}:${port}`, text), { cause: error }));
  };
  server.once("error", failed);
  server.listen({ port, host, backlog: BACKLOG }, () => {
    server.off("error", failed);
    if (server.listening) complete(op, new TcpServer(server));
  });
  return op as unknown as Future<TcpServer>;
}

function dropSocket(op: Op): void {
  (op.source_ as Socket).removeAllListeners().on("error", ignore).destroy();
}

function dropServer(op: Op): void {
  (op.source_ as Server).removeAllListeners().on("error", ignore).close();
}

function ignore(): void {
  // whoever waited has given up
}

function broken(peer: string, error: Error): Error {
  return Object.assign(coded("E441", peer, `the connection failed: ${error.message}`), { cause: error });
}
