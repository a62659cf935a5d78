import type { TokenRefusalCode } from "@byot/token-verifier";
import type { ProblemKind } from "./problem-kind.js";

const newToken = "Send the access token exactly as the identity provider issued it.";
const compareProvider =
  "Compare the token with the provider's configuration: issuer, audiences, token types.";
const signInAgain = "Ask the user to sign in again and send the new token.";

/** Why a token was refused, or its keys could not be had. */
export const tokenProblems: Readonly<Record<TokenRefusalCode, ProblemKind>> = {
  token_missing: { status: 401, title: "No token", fix: "Send the user's JWT as `token`." },
  token_malformed: { status: 401, title: "Not a JWT", fix: newToken },
  token_too_large: { status: 401, title: "Token too large", fix: "Take claims out of the token." },
  token_alg_not_allowed: {
    status: 401,
    title: "Signature algorithm not allowed",
    fix: "Let the identity provider sign with RS256, or list its algorithm in the provider's `algorithms`; unsigned and symmetric tokens are never accepted.",
  },
  token_header_not_supported: { status: 401, title: "Token header not supported", fix: newToken },
  token_type_not_allowed: {
    status: 401,
    title: "Token type not allowed",
    fix: "Send an access token, or list the type in the provider's `tokenTypes`.",
  },
  token_issuer_unknown: {
    status: 401,
    title: "Issuer not trusted",
    fix: "Register a provider whose `issuer` equals the token's `iss` character by character.",
  },
  token_signature_invalid: { status: 401, title: "Signature invalid", fix: newToken },
  token_not_active: { status: 401, title: "Token not active yet", fix: "Check the clocks." },
  token_issued_in_future: {
    status: 401,
    title: "Token issued in the future",
    fix: "Check the clocks of the identity provider and of this server.",
  },
  token_lifetime_too_long: {
    status: 401,
    title: "Token lifetime too long",
    fix: "Shorten the token's life at the identity provider, or raise `maxLifetimeSeconds`.",
  },
  token_audience_mismatch: {
    status: 401,
    title: "Token is for another audience",
    fix: "Ask the identity provider for a token for this API, or list its audience in `allowedAudiences`.",
  },
  token_party_mismatch: {
    status: 401,
    title: "Token was issued to another application",
    fix: "List the application in the provider's `authorizedParties`.",
  },
  token_claim_missing: {
    status: 401,
    title: "Required claim missing",
    fix: "Let the identity provider add the claim, or make its mapping optional.",
  },
  token_claim_invalid: { status: 401, title: "Claim invalid", fix: compareProvider },
  token_key_unknown: {
    status: 401,
    title: "Signing key unknown",
    fix: "Try again in ten seconds if the identity provider has just changed its keys; otherwise send one of its tokens.",
  },
  token_expired: { status: 401, title: "Token expired", fix: signInAgain },
  jwks_unavailable: {
    status: 503,
    title: "Signing keys unavailable",
    fix: "Try again; if it stays, check that this server reaches the identity provider.",
    retryAfterSeconds: 1,
  },
};
