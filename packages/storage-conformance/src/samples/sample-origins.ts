import type { ChangeOrigin } from "@byot/storage";

/** A change that an administrator asks for, by the request of that id. */
export function administrator(requestId = "request-1"): ChangeOrigin {
  return { by: { kind: "api_key", id: "admin" }, requestId };
}

/** A change of the service's own, which no request asks for. */
export function theService(): ChangeOrigin {
  return { by: { kind: "system", id: "demo" } };
}
