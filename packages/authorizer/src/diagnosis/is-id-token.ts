import type { JsonObject } from "@byot/token-verifier";

/** Claims that only ID tokens have (OpenID Connect Core 1.0 §2 and §3.3.2.11). */
const idTokenClaims = ["nonce", "at_hash", "c_hash"] as const;

/** How products mark their ID tokens: Cognito and Keycloak. */
const idTokenMarks = { token_use: "id", typ: "ID" } as const;

/** What only access tokens have (RFC 9068 §2.2). */
const accessTokenClaims = ["scope", "scp"] as const;

/** Tells an ID token by what it says, for explanations: nothing is decided by it. */
export function isIdToken(claims: JsonObject): boolean {
  const isMarked = Object.entries(idTokenMarks).some(([name, mark]) => claims[name] === mark);
  const isAccessToken = accessTokenClaims.some((name) => Object.hasOwn(claims, name));
  return isMarked || (!isAccessToken && idTokenClaims.some((name) => Object.hasOwn(claims, name)));
}
