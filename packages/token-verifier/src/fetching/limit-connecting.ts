import type { ClientRequest } from "node:http";

/** A connection did not stand in time. */
export class SlowConnectionError extends Error {
  override readonly name: string = "SlowConnectionError";
}

/** Destroys a request whose connection, name resolution and TLS included, does not stand in time. */
export function limitConnecting(request: ClientRequest, milliseconds: number): void {
  const timer = setTimeout(() => {
    const message = `there was no connection within ${milliseconds} ms`;
    request.destroy(new SlowConnectionError(message));
  }, milliseconds);
  const stop = (): void => clearTimeout(timer);
  request.once("socket", (socket) => {
    socket.once(request.protocol === "https:" ? "secureConnect" : "connect", stop);
  });
  request.once("close", stop);
}
