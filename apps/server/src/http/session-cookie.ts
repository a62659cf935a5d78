import { sessionCookieName } from "@byot/api-contract";
import type { SessionChange } from "../operations/session-change.js";

/** A `Set-Cookie` header: for no script to read, and for no request that another site's page begins (RFC 6265 §4.1). */
export function sessionCookie({ sealed, seconds, isSecure }: SessionChange): string {
  const attributes = `Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Strict`;
  return `${sessionCookieName}=${sealed}; ${attributes}${isSecure ? "; Secure" : ""}`;
}

/**
 * The session that a `Cookie` header carries; `undefined` when it carries none. Of several nobody can tell which one is
 * meant, since another host of the domain may have set one of them: they make none that could be opened.
 */
export function readSessionCookie(cookie: string | undefined): string | undefined {
  const prefix = `${sessionCookieName}=`;
  const values = (cookie ?? "")
    .split(";")
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(prefix))
    .map((pair) => pair.slice(prefix.length));
  return values.length > 1 ? "" : values[0];
}
