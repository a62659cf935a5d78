import type { RequestHandler, Response } from "express";

const header = "X-Request-Id";
const safe = /^[A-Za-z0-9._-]{1,128}$/;

/** Takes over the caller's `X-Request-Id` (1–128 of A–Z, a–z, 0–9, `.`, `_`, `-`) or makes one, and echoes it. */
export function identifyRequests(createId: () => string): RequestHandler {
  return (request, response, next) => {
    const given = request.get(header);
    response.set(header, given !== undefined && safe.test(given) ? given : createId());
    next();
  };
}

/** The id of the request that is being answered. */
export function requestIdOf(response: Response): string {
  return response.get(header) ?? "";
}
