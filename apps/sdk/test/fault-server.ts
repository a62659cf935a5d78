import { once } from "node:events";
import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import { text } from "node:stream/consumers";

/** What the server got to see of one request. */
interface SeenRequest {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingMessage["headers"];
  readonly body: unknown;
}

/** One way to behave. */
export type Behaviour = (response: ServerResponse, request: IncomingMessage) => void;

/** A loopback server that behaves as told. */
export interface FaultServer extends AsyncDisposable {
  readonly url: string;
  readonly seen: readonly SeenRequest[];
}

/** Starts a server whose n-th answer is the n-th behaviour; the last one repeats. */
export async function startFaultServer(...behaviours: readonly Behaviour[]): Promise<FaultServer> {
  const seen: SeenRequest[] = [];
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method, url, headers } = request;
    const sent = await text(request);
    const body: unknown = sent === "" ? undefined : JSON.parse(sent);
    seen.push({ method, url, headers, body });
    (behaviours[seen.length - 1] ?? behaviours.at(-1))?.(response, request);
  };
  const server = createServer((request, response) => {
    void answer(request, response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") {
    throw new TypeError("the server has no port");
  }
  return {
    url: `http://127.0.0.1:${address.port}`,
    seen,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

/** Answers JSON. */
export function json(
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Behaviour {
  return (response) => {
    response
      .writeHead(status, { "Content-Type": "application/json", ...headers })
      .end(JSON.stringify(body));
  };
}

/** Answers a problem document. */
export function problem(
  status: number,
  code: string,
  headers: Readonly<Record<string, string>> = {},
): Behaviour {
  const body = {
    type: `urn:byot:problem:${code}`,
    title: "A title",
    status,
    detail: `what was wrong about ${code}`,
    code,
    fix: "What to do.",
    requestId: "req-of-the-body",
  };
  return json(status, body, { "Content-Type": "application/problem+json", ...headers });
}

/** Answers text as it is. */
export function raw(status: number, body: string, contentType = "application/json"): Behaviour {
  return (response) => {
    response.writeHead(status, { "Content-Type": contentType }).end(body);
  };
}

/** Takes the request and never answers. */
export function hang(): Behaviour {
  return () => undefined;
}

/** Cuts the connection without an answer. */
export function reset(): Behaviour {
  return (_response, request) => {
    request.socket.resetAndDestroy();
  };
}

/** Promises a longer body than it sends, then cuts the connection. */
export function cutShort(): Behaviour {
  return (response) => {
    response.writeHead(200, { "Content-Type": "application/json", "Content-Length": "1000" });
    response.write('{"data":{"allowed":true,', () => response.destroy());
  };
}

/** Answers JSON slowly, a few characters for each turn of the event loop. */
export function drip(body: unknown): Behaviour {
  return (response) => {
    response.writeHead(200, { "Content-Type": "application/json" });
    const pieces = JSON.stringify(body).match(/.{1,16}/gs) ?? [];
    const sendNext = (): void => {
      const piece = pieces.shift();
      if (piece === undefined) {
        response.end();
      } else {
        response.write(piece, () => setImmediate(sendNext));
      }
    };
    sendNext();
  };
}

/** Sends the headers and the start of a body, then nothing more. */
export function stall(): Behaviour {
  return (response) => {
    response.writeHead(200, { "Content-Type": "application/json" });
    response.write('{"data":');
  };
}

/** Sends the caller elsewhere. */
export function redirectTo(location: string, status = 307): Behaviour {
  return (response) => {
    response.writeHead(status, { Location: location }).end();
  };
}
