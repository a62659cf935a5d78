import type { Refusal } from "./refusal.js";

/** A refusal as a web-standard response. */
export function webResponse({ status, headers, body }: Refusal): Response {
  return new Response(body, { status, headers });
}

/**
 * What the application answers by itself to a request that does not go on.
 *
 * SECURITY: to some frameworks no answer means that the request may go on.
 *
 * @throws TypeError when it is no response.
 */
export async function ownResponse(answer: Response | Promise<Response>): Promise<Response> {
  const response: unknown = await answer;
  if (!(response instanceof Response)) {
    throw new TypeError("`onDeny` and `onError` must answer with a `Response`");
  }
  return response;
}
