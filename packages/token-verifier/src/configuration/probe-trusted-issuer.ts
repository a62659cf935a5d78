import type { KeyFailure, KeyFailureCode } from "../keys/key-failure.js";
import type { KeySettings, ManagedKeySources } from "../keys/key-source.js";
import type { TrustedIssuerProblem, TrustedIssuerProblemCode } from "./trusted-issuer-problem.js";

/**
 * Fetches the keys of a provider before it is saved, and tells what its tokens would fail with. An empty
 * list means that its keys are there. Validate the provider first; see {@link validateTrustedIssuer}.
 *
 * The keys are kept: a provider that is saved with these settings begins with them.
 */
export async function probeTrustedIssuer(
  provider: KeySettings,
  keys: ManagedKeySources,
): Promise<readonly TrustedIssuerProblem[]> {
  const { failure } = await keys.refresh(provider);
  return failure === undefined ? [] : [describe(provider, failure)];
}

function describe({ keys }: KeySettings, { code, message }: KeyFailure): TrustedIssuerProblem {
  const isDiscovered = "discovery" in keys;
  const path = "jwksUri" in keys ? "/keys/jwksUri" : "/keys/inline";
  return { code: problemCodes[code], path: isDiscovered ? "/issuer" : path, message };
}

const problemCodes: Readonly<Record<KeyFailureCode, TrustedIssuerProblemCode>> = {
  url_forbidden: "provider_url_forbidden",
  address_forbidden: "provider_url_forbidden",
  unreachable: "provider_jwks_unreachable",
  timed_out: "provider_jwks_unreachable",
  redirected: "provider_jwks_unreachable",
  status_not_ok: "provider_jwks_unreachable",
  encoding_not_identity: "provider_jwks_unreachable",
  too_large: "provider_jwks_unreachable",
  not_json: "provider_jwks_unreachable",
  metadata_invalid: "provider_jwks_unreachable",
  issuer_mismatch: "provider_issuer_mismatch",
  key_set_invalid: "provider_no_usable_key",
  no_usable_key: "provider_no_usable_key",
  fetch_queue_full: "provider_jwks_unreachable",
};
