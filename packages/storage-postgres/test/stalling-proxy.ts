import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";

/** Stands between a storage and its database, and can play dead. */
export interface StallingProxy {
  /** The URL of the database, by way of this proxy. */
  readonly url: string;
  /** Lets nothing through any more, in either direction, and tells nobody. */
  readonly stall: () => void;
  /** Lets everything through again, also what was held back. */
  readonly resume: () => void;
  /** Ends all connections, and takes no more. */
  readonly close: () => Promise<void>;
}

/** Starts a proxy for a database on this machine. */
export async function startProxy(databaseUrl: string): Promise<StallingProxy> {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  let isStalled = false;

  function track(socket: Socket): Socket {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket)).on("error", () => socket.destroy());
    if (isStalled) {
      socket.pause();
    }
    return socket;
  }

  const server = createServer((client) => {
    const upstream = track(connect(Number(target.port), target.hostname));
    track(client);
    client.on("data", (chunk) => upstream.write(chunk)).on("close", () => upstream.destroy());
    upstream.on("data", (chunk) => client.write(chunk)).on("close", () => client.destroy());
    if (isStalled) {
      client.pause();
      upstream.pause();
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const url = new URL(databaseUrl);
  url.port = String(typeof address === "object" ? address?.port : "");
  return {
    url: url.href,
    stall() {
      isStalled = true;
      sockets.forEach((socket) => socket.pause());
    },
    resume() {
      isStalled = false;
      sockets.forEach((socket) => socket.resume());
    },
    async close() {
      const closed = once(server, "close");
      server.close();
      sockets.forEach((socket) => socket.destroy());
      await closed;
    },
  };
}
