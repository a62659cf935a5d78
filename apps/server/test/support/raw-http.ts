import { once } from "node:events";
import { connect, type Socket } from "node:net";

/** A request as its bytes are put together. */
export interface RawRequest {
  /** @defaultValue `POST` */
  readonly method?: string;
  /** The target, to the letter. */
  readonly target: string;
  /** Header fields beside `Host`; `undefined` for none of that name. */
  readonly headers?: Readonly<Record<string, string | number | undefined>>;
  /** The body. @defaultValue nothing */
  readonly body?: string | Uint8Array;
}

/** The bytes of a request. */
export function bytesOf({ method = "POST", target, headers = {}, body = "" }: RawRequest): Buffer {
  const fields = Object.entries({ Host: "authz.acme.com", ...headers })
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}: ${value}\r\n`);
  const head = `${method} ${target} HTTP/1.1\r\n${fields.join("")}\r\n`;
  return Buffer.concat([Buffer.from(head, "latin1"), Buffer.from(body)]);
}

/** A body in one chunk. */
export function chunked(body: string): string {
  return `${Buffer.byteLength(body).toString(16)}\r\n${body}\r\n0\r\n\r\n`;
}

/** Opens a connection to a service. */
export async function openConnection(url: string): Promise<Socket> {
  const socket = connect(Number(new URL(url).port), "127.0.0.1");
  await once(socket, "connect");
  return socket;
}

/** Everything that comes by a connection until it is closed, one character a byte; a reset ends it as well. */
export function readToEnd(socket: Socket): Promise<string> {
  return new Promise((resolve) => {
    let text = "";
    socket.setEncoding("latin1").on("data", (data: string) => {
      text += data;
    });
    socket.on("error", () => undefined).on("close", () => resolve(text));
  });
}

/** Sends a request and reads the answer, after which the server closes the connection. */
export async function exchange(url: string, request: RawRequest): Promise<string> {
  const socket = await openConnection(url);
  const answer = readToEnd(socket);
  socket.write(bytesOf({ ...request, headers: { ...request.headers, Connection: "close" } }));
  return answer;
}
