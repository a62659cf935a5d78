import type { Finding } from "./setting-rules.js";

/** Every reason for which a provider's configuration can be refused. The codes are stable. */
export const trustedIssuerProblemCodes = [
  "provider_issuer_invalid",
  "provider_issuer_mismatch",
  "provider_audience_required",
  "provider_url_forbidden",
  "provider_jwks_unreachable",
  "provider_no_usable_key",
  "provider_setting_invalid",
] as const;

/** One of {@link trustedIssuerProblemCodes}. */
export type TrustedIssuerProblemCode = (typeof trustedIssuerProblemCodes)[number];

/** One thing that is wrong with a provider's configuration. */
export interface TrustedIssuerProblem {
  /** Switch on this; it is stable. */
  readonly code: TrustedIssuerProblemCode;
  /** Where it is, as a JSON Pointer into the configuration (RFC 6901): `/allowedAudiences/0`. */
  readonly path: string;
  /** For humans, one line. */
  readonly message: string;
}

/** Turns the finding about one setting into problems: one, or none. */
export function reportFinding(
  code: TrustedIssuerProblemCode,
  setting: string,
  finding: Finding | undefined,
): readonly TrustedIssuerProblem[] {
  if (finding === undefined) {
    return [];
  }
  const message = `setting \`${setting}\` ${finding.message}`;
  return [{ code, path: `/${setting}${finding.at}`, message }];
}
