import type { ServerResponse } from "node:http";
import type { Request, RequestHandler } from "express";
import { requestIdOf } from "./request-id.js";

/** Where requests are told to the operator. */
export interface AccessLog {
  /** Writes an entry about a request that was answered. */
  info(entry: object, message: string): void;
  /** Writes an entry about a request whose caller went away before the answer. */
  warn(entry: object, message: string): void;
  /** Writes an entry about a request that failed. */
  error(entry: object, message: string): void;
}

/** What is logged of a request beside its status and time: nothing else of it may be, so that no token can be. */
export interface LoggedRequest {
  /** As echoed in `X-Request-Id`. */
  readonly requestId: string;
  /** The HTTP method. */
  readonly method: string | undefined;
  /** The route's pattern, or `none`. */
  readonly route: string;
}

const quietPaths = new Set(["/healthz", "/readyz", "/metrics"]);

/** Logs each request but for those of monitoring: no header, query, body or path text is ever logged. */
export function logRequests(log: AccessLog): RequestHandler {
  return (request, response, next) => {
    if (!quietPaths.has(request.path)) {
      // The route is known only once the router has found it.
      logWhenClosed(log, response, () => ({
        requestId: requestIdOf(response),
        method: request.method,
        route: routePattern(request),
      }));
    }
    next();
  };
}

/** Logs a request once it was answered, or its caller has gone away. */
export function logWhenClosed(
  log: AccessLog,
  response: ServerResponse,
  describe: () => LoggedRequest,
): void {
  const startedAt = performance.now();
  response.once("close", () => {
    const { requestId, method, route } = describe();
    const milliseconds = Math.round(performance.now() - startedAt);
    write(log, response, { requestId, method, route, status: response.statusCode, milliseconds });
  });
}

function write(log: AccessLog, response: ServerResponse, entry: object): void {
  if (!response.writableFinished) {
    log.warn(entry, "abandoned by the caller");
  } else if (response.statusCode >= 500) {
    log.error(entry, "failed");
  } else {
    log.info(entry, "answered");
  }
}

function routePattern({ route }: Request): string {
  const pattern: unknown = readOwn(route, "path");
  return typeof pattern === "string" ? pattern : "none";
}

function readOwn(source: unknown, key: string): unknown {
  return typeof source === "object" && source !== null
    ? Object.getOwnPropertyDescriptor(source, key)?.value
    : undefined;
}
