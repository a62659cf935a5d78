import { createServer } from "node:net";
import { closeServer, listenOnLoopback } from "./loopback-server.js";

/**
 * A port of 127.0.0.1 that nobody listens on. Another process may take it before it is used, so let
 * a server choose its own port where it can tell it.
 */
export async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listenOnLoopback(server);
  await closeServer(server);
  return port;
}
