/** A TCP server of tasks that sends back what it is sent: one task for each connection. */
import { spawn, task } from "dormouse";
import { listen, run, type TcpSocket } from "../../targets/node/index.js";

const echo = task(
  async function echo(socket: TcpSocket) {
    using open = socket;
    const buffer = Buffer.alloc(1024);
    for (;;) {
      const count = await open.read(buffer);
      if (count === 0) break;
      await open.write(buffer.subarray(0, count));
    }
  },
  { pool: 64 },
);

const serve = task(async function serve(listening: (port: number) => void) {
  const server = await listen({ port: 0 });
  listening(server.port);
  for await (const socket of server) spawn(echo, socket);
});

/** Called by the driver. */
export function start(listening: (port: number) => void): void {
  run(() => void spawn(serve, listening), { pins: "memory" });
}
