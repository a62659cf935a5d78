import type { Request, RequestHandler, Response } from "express";
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

const quietPaths = new Set(["/healthz", "/readyz", "/metrics"]);

/**
 * Logs each request but for those of monitoring. Request id, method, the route's pattern, status and time are named one by
 * one: no header, query, body or path text is ever logged, so that no token can be.
 */
export function logRequests(log: AccessLog): RequestHandler {
  return (request, response, next) => {
    if (!quietPaths.has(request.path)) {
      const startedAt = performance.now();
      response.once("close", () => {
        write(log, response, {
          requestId: requestIdOf(response),
          method: request.method,
          route: routePattern(request),
          status: response.statusCode,
          milliseconds: Math.round(performance.now() - startedAt),
        });
      });
    }
    next();
  };
}

function write(log: AccessLog, response: Response, entry: object): void {
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
