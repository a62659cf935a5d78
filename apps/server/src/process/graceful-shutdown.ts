import type { RequestListener, Server } from "node:http";

/** What is ended, and how long that may take. */
export interface ShutdownParts {
  /** The server that answers requests. */
  readonly server: Server;
  /** Lets go of everything else, once the last request was answered. */
  readonly close: () => Promise<void>;
  /** How long open requests may take to finish, in milliseconds. @defaultValue `10_000` */
  readonly drainMilliseconds?: number;
}

const defaultDrainMilliseconds = 10_000;
const sweepMilliseconds = 50;

const closeAfterAnswer: RequestListener = (_request, response) => {
  response.setHeader("Connection", "close");
};

/**
 * Ends a server: takes no new connection, answers what was asked, then lets go of everything. A connection is closed as
 * soon as its request is answered; a busy client would use it for ever.
 */
export async function shutDown(parts: ShutdownParts): Promise<void> {
  const { server, close, drainMilliseconds = defaultDrainMilliseconds } = parts;
  const deadline = setTimeout(() => server.closeAllConnections(), drainMilliseconds);
  const sweep = setInterval(() => server.closeIdleConnections(), sweepMilliseconds);
  server.prependListener("request", closeAfterAnswer);
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
  });
  clearInterval(sweep);
  clearTimeout(deadline);
  await close();
}

/**
 * Ends a server at the first SIGTERM or SIGINT, and tells when it has ended; a second one ends the process at once.
 */
export function shutDownOnSignal(parts: ShutdownParts, onEnded: () => void): void {
  const onSignal = (): void => {
    process.off("SIGTERM", onSignal).off("SIGINT", onSignal);
    void shutDown(parts).then(onEnded);
  };
  process.once("SIGTERM", onSignal).once("SIGINT", onSignal);
}
