import type { AttributeValue, Claims, InvalidAttribute, ProblemCode } from "@byot/claim-mapper";
import type { TokenRefusal, TokenRefusalCode, VerifiedToken } from "@byot/token-verifier";
import type { Result } from "./result.js";
import type { ProviderMapping, WorkspaceSnapshot } from "./snapshots/workspace-snapshot.js";

/** The attributes of a token, by `ext_*` name. */
export type MappedAttributes = ReadonlyMap<string, AttributeValue | InvalidAttribute>;

/**
 * Makes the claims to map from those of a verified token and the `providerType` of its provider: for products whose
 * tokens say things in a form that no path can read. Pure; must not throw on JSON.
 */
export type PrepareClaims = (providerType: string, claims: Claims) => Claims;

/** Leaves the claims as they are. */
export function leaveClaims(_providerType: string, claims: Claims): Claims {
  return claims;
}

/** Maps the claims of a verified token. A required claim that is absent or invalid refuses the token. */
export function mapTokenClaims(
  snapshot: WorkspaceSnapshot,
  token: VerifiedToken,
  prepareClaims: PrepareClaims,
): Result<MappedAttributes, TokenRefusal> {
  const { mapper, providerType } = mappingOf(snapshot, token.provider.id);
  const { attributes, problems } = mapper.map(prepareClaims(providerType, token.claims));
  const blocking = problems.find(({ required }) => required);
  if (blocking === undefined) {
    return { ok: true, value: attributes };
  }
  const { issuer, subject, provider } = token;
  const code = refusalByProblem[blocking.code];
  const verified = { issuer, subject };
  return { ok: false, error: { code, detail: blocking.message, provider, verified } };
}

function mappingOf(snapshot: WorkspaceSnapshot, providerId: string): ProviderMapping {
  const mapping = snapshot.claimMappings.get(providerId);
  if (mapping === undefined) {
    // INVARIANT: trust and mappings are compiled from the same providers.
    throw new Error(`provider \`${providerId}\` has no claim mappings`);
  }
  return mapping;
}

/** The refusal of a token whose required claim has a problem. */
export const refusalByProblem: Readonly<Record<ProblemCode, TokenRefusalCode>> = {
  claim_missing: "token_claim_missing",
  claim_invalid: "token_claim_invalid",
};
