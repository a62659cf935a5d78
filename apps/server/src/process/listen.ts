import { createServer, type RequestListener, type Server } from "node:http";
import { isIPv6 } from "node:net";
import { StartProblem } from "./start-problem.js";

/** Where to listen. */
export interface ListenOptions {
  /** The port; 0 takes any free one. */
  readonly port: number;
  /** The address. */
  readonly host: string;
  /** How many of the following ports to try when this one is taken. */
  readonly furtherPorts: number;
  /** Is told of a port that was taken when the next one is tried. */
  readonly onTaken: (port: number) => void;
  /** The environment variable by which the port was chosen. @defaultValue `PORT` */
  readonly variable?: string;
}

/** A server that listens. */
export interface Listening {
  /** The server. */
  readonly server: Server;
  /** Where it can be reached from this machine. */
  readonly url: string;
}

/**
 * Starts a server with bounds on how long a client may take: 10 s for the headers, 15 s for the whole request, 5 s
 * between two requests of one connection; at most 2,000 connections.
 *
 * @throws StartProblem when every port is taken or the address cannot be listened on.
 */
export async function listen(handler: RequestListener, options: ListenOptions): Promise<Listening> {
  const { port, furtherPorts, onTaken } = options;
  const server = createServer(
    {
      headersTimeout: 10_000,
      requestTimeout: 15_000,
      keepAliveTimeout: 5000,
      // Node looks for stalled sockets every 30 s unless told otherwise.
      connectionsCheckingInterval: 1000,
    },
    handler,
  );
  server.maxConnections = 2000;
  try {
    await startListening(server, port, options.host);
  } catch (error) {
    if (!isTaken(error) || furtherPorts === 0 || port === 0) {
      throw explain(error, options);
    }
    onTaken(port);
    return listen(handler, { ...options, port: port + 1, furtherPorts: furtherPorts - 1 });
  }
  return { server, url: urlOf(server, options.host) };
}

function startListening(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });
}

function isTaken(error: unknown): boolean {
  return codeOf(error) === "EADDRINUSE";
}

function explain(error: unknown, { port, host, variable = "PORT" }: ListenOptions): StartProblem {
  const why = isTaken(error)
    ? `is taken; choose another with ${variable}`
    : `cannot be used: ${codeOf(error)}`;
  return new StartProblem(`port ${port} on ${host} ${why}`, { cause: error });
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "unknown";
}

const anyAddress = new Set(["0.0.0.0", "::"]);

function urlOf(server: Server, host: string): string {
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const name = anyAddress.has(host) ? "127.0.0.1" : host;
  return `http://${isIPv6(name) ? `[${name}]` : name}:${port}`;
}
