/**
 * A TCP server that sends back what it is sent: `node echo-server.mjs [PROGRAM]`, with `net` alone, or tasks. Prints its port,
 * and for each line that it is given the microseconds of CPU that it has used.
 */
import { createServer, type AddressInfo } from "node:net";
import { pathToFileURL } from "node:url";

const [, , program] = process.argv;
if (program === undefined) bare(tell);
else ((await import(pathToFileURL(program).href)) as { start: (listening: typeof tell) => void }).start(tell);

process.stdin.on("data", () => {
  const { user, system } = process.cpuUsage();
  console.log(user + system);
});

function tell(port: number): void {
  console.log(port);
}

function bare(listening: (port: number) => void): void {
  const server = createServer((socket) => {
    socket.setNoDelay(true);
    socket.on("error", () => socket.destroy());
    socket.on("data", (data) => socket.write(data));
  });
  server.listen(0, "127.0.0.1", () => {
    listening((server.address() as AddressInfo).port);
  });
}
