import type { AttributeValue, InvalidAttribute } from "@byot/claim-mapper";
import type { TokenRefusal, VerifiedToken } from "@byot/token-verifier";
import type { Result } from "./result.js";
import type { WorkspaceSnapshot } from "./workspace-snapshot.js";

/** The attributes of a token, by `ext_*` name. */
export type MappedAttributes = ReadonlyMap<string, AttributeValue | InvalidAttribute>;

/** Maps the claims of a verified token. A required claim that is absent or invalid refuses the token. */
export function mapTokenClaims(
  snapshot: WorkspaceSnapshot,
  token: VerifiedToken,
): Result<MappedAttributes, TokenRefusal> {
  const mapper = snapshot.claimMappers.get(token.provider.id);
  if (mapper === undefined) {
    // INVARIANT: trust and mappers are compiled from the same providers.
    throw new Error(`provider \`${token.provider.id}\` has no claim mapper`);
  }
  const { attributes, problems } = mapper.map(token.claims);
  const blocking = problems.find(({ required }) => required);
  if (blocking === undefined) {
    return { ok: true, value: attributes };
  }
  return {
    ok: false,
    error: { code: refusalByProblem[blocking.code], detail: blocking.message },
  };
}

const refusalByProblem = {
  claim_missing: "token_claim_missing",
  claim_invalid: "token_claim_invalid",
} as const;
