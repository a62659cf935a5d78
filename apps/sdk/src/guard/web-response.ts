import type { Refusal } from "./refusal.js";

/** A refusal as a web-standard response. */
export function webResponse({ status, headers, body }: Refusal): Response {
  return new Response(body, { status, headers });
}
