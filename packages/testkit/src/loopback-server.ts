import { once } from "node:events";
import type { Server } from "node:net";

/** Listens on a port of 127.0.0.1 that the system chooses, and tells which. */
export async function listenOnLoopback(server: Server, port = 0): Promise<number> {
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") {
    throw new Error("the server does not listen on a port");
  }
  return address.port;
}

/** Resolves when the server listens no more and its connections are gone. */
export async function closeServer(server: Server): Promise<void> {
  const closed = once(server, "close");
  server.close();
  await closed;
}
