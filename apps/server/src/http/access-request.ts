import type { IncomingMessage } from "node:http";
import type { RouteAccess } from "@byot/api-contract";

/** What a request shows of its right to be answered. */
export interface AccessRequest {
  /** Who may call the route. */
  readonly access: RouteAccess;
  /** The workspace in the path; `undefined` on a route that is not about one. */
  readonly workspaceId: string | undefined;
  /** The HTTP method. */
  readonly method: string | undefined;
  /** The `Authorization` header. */
  readonly authorization: string | undefined;
  /** The `Cookie` header. */
  readonly cookie: string | undefined;
  /** The `Origin` header: the page that asks, where one does. */
  readonly origin: string | undefined;
  /** The `Host` header. */
  readonly host: string | undefined;
}

/** Reads what a request shows of its right to be answered. */
export function accessRequest(
  { method, headers }: Pick<IncomingMessage, "method" | "headers">,
  route: Pick<AccessRequest, "access" | "workspaceId">,
): AccessRequest {
  const { authorization, cookie, origin, host } = headers;
  const { access, workspaceId } = route;
  return { access, workspaceId, method, authorization, cookie, origin, host };
}
