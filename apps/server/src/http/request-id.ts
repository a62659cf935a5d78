import type { IncomingMessage, ServerResponse } from "node:http";

const header = "X-Request-Id";
const safe = /^[A-Za-z0-9._-]{1,128}$/;

/** Takes over the caller's `X-Request-Id` (1–128 of A–Z, a–z, 0–9, `.`, `_`, `-`) or makes one, and echoes it. */
export function identifyRequest(
  { headers }: Pick<IncomingMessage, "headers">,
  response: ServerResponse,
  createId: () => string,
): void {
  const given = headers["x-request-id"];
  response.setHeader(header, typeof given === "string" && safe.test(given) ? given : createId());
}

/** The id of the request that is being answered. */
export function requestIdOf(response: Pick<ServerResponse, "getHeader">): string {
  return String(response.getHeader(header) ?? "");
}
