/** Why the server would not trust a token. */
export type TokenRefusalCode =
  | "token_missing"
  | "token_malformed"
  | "token_too_large"
  | "token_alg_not_allowed"
  | "token_header_not_supported"
  | "token_type_not_allowed"
  | "token_issuer_unknown"
  | "token_signature_invalid"
  | "token_not_active"
  | "token_issued_in_future"
  | "token_lifetime_too_long"
  | "token_audience_mismatch"
  | "token_party_mismatch"
  | "token_claim_missing"
  | "token_claim_invalid"
  | "token_key_unknown"
  | "token_expired";

/** What can be wrong with an API key, or with what it may do. */
export type ApiKeyRefusalCode =
  | "api_key_missing"
  | "api_key_invalid"
  | "scope_missing"
  | "workspace_not_permitted"
  | "scope_not_grantable"
  | "expiry_not_grantable"
  | "explain_not_permitted"
  | "client_ip_not_permitted";

/** What the server says when something else is stored than a call supposes. */
export type ConflictCode =
  | "already_exists"
  | "configuration_changed"
  | "provider_issuer_duplicate"
  | "quota_exceeded"
  | "referenced"
  | "revision_unknown"
  | "version_required"
  | "version_stale"
  | "workspace_not_empty";

/** What the server says about a request it cannot take. */
export type RequestRefusalCode =
  | "json_malformed"
  | "request_invalid"
  | "url_malformed"
  | "route_unknown"
  | "workspace_unknown"
  | "body_too_large"
  | "content_type_unsupported";

/** Why the server could not answer. */
export type ServerFailureCode =
  | "jwks_unavailable"
  | "audit_unavailable"
  | "storage_unavailable"
  | "configuration_stale"
  | "revision_not_reached"
  | "internal_error";

/**
 * What this package finds out by itself: no connection, no answer in time, a redirect (never followed), or an answer
 * that is not byot's.
 */
export type ClientFailureCode =
  "connection_failed" | "timeout" | "redirect_refused" | "response_invalid";

/** What `checkOrThrow` throws for a denial. */
export type DenialCode = "access_denied";

/** The codes this version knows. They are stable between minor releases. */
export type KnownErrorCode =
  | TokenRefusalCode
  | ApiKeyRefusalCode
  | RequestRefusalCode
  | ConflictCode
  | ServerFailureCode
  | ClientFailureCode
  | DenialCode;

/** Any code: a newer server may send one that this version does not know. */
export type ErrorCode = KnownErrorCode | (string & Record<never, never>);
