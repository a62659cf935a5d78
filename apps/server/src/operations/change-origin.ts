import type { ChangeOrigin } from "@byot/storage";
import type { Invocation } from "./operation.js";

/** Who calls an operation, and by which request. */
export type Caller = Pick<Invocation<unknown, unknown, unknown>, "apiKey" | "requestId">;

/**
 * Who a change is recorded for.
 *
 * @throws TypeError without an API key: no route that changes anything opens to anyone else.
 */
export function changeOrigin({ apiKey, requestId }: Caller): ChangeOrigin {
  if (apiKey === undefined) {
    throw new TypeError("nothing is changed for a caller without an API key");
  }
  return { by: { kind: "api_key", id: apiKey.id }, requestId };
}
