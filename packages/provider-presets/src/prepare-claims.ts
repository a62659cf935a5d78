import type { Claims } from "@byot/claim-mapper";
import { derivedClaimName } from "./derived-claim.js";
import { findPreset } from "./find-preset.js";
import type { ClaimNote } from "./provider-preset.js";

/**
 * The claims to map: those of the token, and below `byot` what no path can read in them. Of a provider that needs no
 * such help, or that there is no preset for, the claims come back as they are.
 *
 * Map what this returns and nothing else; `claims` are those of a verified token. Pure, and it never throws on JSON.
 */
export function prepareClaims(providerType: string, claims: Claims): Claims {
  const derived = findPreset(providerType)?.deriveClaims?.(claims);
  // SECURITY: a claim of this name that a token brings along is replaced: nobody but us writes below it.
  return derived === undefined
    ? claims
    : Object.fromEntries([...Object.entries(claims), [derivedClaimName, derived.claims]]);
}

/** What people should know about a token of a provider: groups that did not fit in, permissions nobody can decode. */
export function explainClaims(providerType: string, claims: Claims): readonly ClaimNote[] {
  return findPreset(providerType)?.deriveClaims?.(claims).notes ?? [];
}
