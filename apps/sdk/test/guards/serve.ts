import { once } from "node:events";
import type { Server } from "node:http";
import type { Answered, Ask } from "./cases.js";

/** A server that listens, and how to ask its route `POST /orders/o-42/approve`. */
export interface Served extends AsyncDisposable {
  readonly ask: Ask;
}

/** Reads what a route answered. */
export async function answeredBy(response: Response): Promise<Answered> {
  const { status, headers } = response;
  return { status, headers, text: await response.text() };
}

/** Lets a server listen on a free port of this machine. */
export async function serveOn(server: Server): Promise<Served> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") {
    throw new TypeError("the server has no port");
  }
  const url = `http://127.0.0.1:${address.port}/orders/o-42/approve`;
  return {
    ask: async (headers) => answeredBy(await fetch(url, { method: "POST", headers })),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
