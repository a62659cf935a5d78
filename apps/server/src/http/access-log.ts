import type { IncomingMessage, ServerResponse } from "node:http";
import type { RequestHandler } from "express";
import type { Logger } from "pino";
import { pinoHttp } from "pino-http";

const quietPaths = new Set(["/healthz", "/readyz"]);

/**
 * Logs each answered request but for health checks. Method, the route's pattern, status and time are named one by one:
 * no header, query, body or path text is ever logged, so that no token can be.
 */
export function logRequests(logger: Logger): RequestHandler {
  return pinoHttp({
    logger,
    quietReqLogger: true,
    autoLogging: { ignore: ({ url = "" }) => quietPaths.has(url) },
    customLogLevel: (_request, { statusCode }) => (statusCode >= 500 ? "error" : "info"),
    customSuccessObject: describe,
    // oxlint-disable-next-line max-params -- pino-http passes four arguments
    customErrorObject: (request, response, _error, loggable: unknown) =>
      describe(request, response, loggable),
    customSuccessMessage: () => "answered",
    customErrorMessage: () => "failed",
  });
}

function describe(request: IncomingMessage, response: ServerResponse, loggable: unknown): object {
  return {
    requestId: response.getHeader("x-request-id"),
    method: request.method,
    route: routePattern(request),
    status: response.statusCode,
    milliseconds: responseTime(loggable),
  };
}

function routePattern(request: IncomingMessage): string {
  const route: unknown = "route" in request ? request.route : undefined;
  const path = readOwn(route, "path");
  return typeof path === "string" ? path : "none";
}

function responseTime(loggable: unknown): number | undefined {
  const time = readOwn(loggable, "responseTime");
  return typeof time === "number" ? time : undefined;
}

function readOwn(source: unknown, key: string): unknown {
  return typeof source === "object" && source !== null
    ? Object.getOwnPropertyDescriptor(source, key)?.value
    : undefined;
}
