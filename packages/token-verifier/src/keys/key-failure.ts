/** What can go wrong on the way to the keys of an issuer. */
export const keyFailureCodes = [
  "url_forbidden",
  "address_forbidden",
  "unreachable",
  "timed_out",
  "redirected",
  "status_not_ok",
  "encoding_not_identity",
  "too_large",
  "not_json",
  "metadata_invalid",
  "issuer_mismatch",
  "key_set_invalid",
  "no_usable_key",
  "fetch_queue_full",
] as const;

/** One of {@link keyFailureCodes}. */
export type KeyFailureCode = (typeof keyFailureCodes)[number];

/** Why the keys of an issuer could not be had. Meant for whoever runs the verifier. */
export interface KeyFailure {
  /** Switch on this; it is stable. */
  readonly code: KeyFailureCode;
  /** For humans, one line. */
  readonly message: string;
}
