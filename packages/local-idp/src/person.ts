import type { JsonObject } from "./json-value.js";

/** Somebody the identity provider knows. */
export interface Person {
  /** Becomes the `sub` of the person's tokens. Unique within one identity provider, not empty. */
  readonly id: string;
  /** The name to show in lists; never written into a token. */
  readonly name: string;
  /**
   * Claims of the person's tokens beside the registered ones, nested JSON allowed. The registered
   * names of RFC 7519, section 4.1 (`iss`, `sub`, `aud`, `exp`, `nbf`, `iat`, `jti`) are refused.
   */
  readonly claims: JsonObject;
}
