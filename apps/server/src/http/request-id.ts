import type { IncomingMessage, ServerResponse } from "node:http";

/** The header field that names a request. */
export const requestIdHeader = "X-Request-Id";

const safe = /^[A-Za-z0-9._-]{1,128}$/;

/** The caller's `X-Request-Id` (1–128 of A–Z, a–z, 0–9, `.`, `_`, `-`), or a new one in its place. */
export function readRequestId(
  { headers }: Pick<IncomingMessage, "headers">,
  createId: () => string,
): string {
  const given = headers["x-request-id"];
  return typeof given === "string" && safe.test(given) ? given : createId();
}

/** The id of the request that is being answered. */
export function requestIdOf(response: Pick<ServerResponse, "getHeader">): string {
  return String(response.getHeader(requestIdHeader) ?? "");
}
