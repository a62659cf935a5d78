import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

const notFound: Handler = (_request, response) => {
  response.writeHead(404).end();
};

/** A real HTTP server on loopback whose behaviour a test changes while it runs. */
export interface KeyServer {
  readonly origin: string;
  /** The paths asked for so far. */
  readonly requests: readonly string[];
  /** Answers every path from now on. */
  answer(handler: Handler): void;
  /** Serves JSON by path; everything else is not found. */
  serve(documents: Readonly<Record<string, unknown>>): void;
  close(): Promise<void>;
}

export async function startKeyServer(): Promise<KeyServer> {
  const requests: string[] = [];
  let current = notFound;
  const server = createServer((request, response) => {
    requests.push(request.url ?? "");
    current(request, response);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  return {
    origin: `http://127.0.0.1:${portOf(server.address())}`,
    requests,
    answer: (handler) => {
      current = handler;
    },
    serve: (documents) => {
      current = (request, response) => {
        const document = documents[request.url ?? ""];
        response.writeHead(document === undefined ? 404 : 200).end(JSON.stringify(document));
      };
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === "string") {
    throw new TypeError("the server does not listen on a port");
  }
  return address.port;
}
