import type { JsonObject } from "../json-object.js";
import type { Limits } from "../limits.js";
import { onceForFrozen } from "../once-for-frozen.js";
import { fail, type Result, succeed } from "../result.js";
import type { TokenProblem } from "../token-refusal.js";
import { defaultAudienceClaims, defaultTokenTypes, type TrustedIssuer } from "../trusted-issuer.js";
import type { WorkspaceTrust } from "../workspace-trust.js";
import { isMeantFor } from "./audience.js";
import { normalizeTokenType, type TokenHeader } from "./token-header.js";

/** Reads the issuer that a token names (RFC 7519 §4.1.1). */
export function readIssuer(claims: JsonObject, limits: Limits): Result<string, TokenProblem> {
  const { iss } = claims;
  if (iss === undefined) {
    return fail({ code: "token_claim_missing", detail: "claim `iss` is missing" });
  }
  return typeof iss === "string" && iss.length >= 1 && iss.length <= limits.issuerCharacters
    ? succeed(iss)
    : fail({
        code: "token_claim_invalid",
        detail: `claim \`iss\` is not a string of 1 to ${limits.issuerCharacters} characters`,
      });
}

/**
 * Selects the provider to hold a token against: by issuer, then by audience, in order of creation.
 *
 * SECURITY: the claims are not proven yet. They only choose whose keys must prove them, and the same rules
 * are applied again afterwards.
 */
export function selectProvider(
  trust: WorkspaceTrust,
  issuer: string,
  claims: JsonObject,
): Result<TrustedIssuer, TokenProblem> {
  const candidates = trust.candidates(issuer);
  if (candidates.length === 0) {
    return fail({
      code: "token_issuer_unknown",
      detail: "claim `iss` names no issuer that the workspace trusts",
    });
  }
  const selected = candidates.find((candidate) => isMeantFor(claims, candidate));
  return selected === undefined ? fail(audienceMismatch(candidates)) : succeed(selected);
}

/** What is wrong when no provider's audience is met; names the claims that could have decided. */
export function audienceMismatch(candidates: readonly TrustedIssuer[]): TokenProblem {
  const claims = new Set(
    candidates.flatMap(({ audienceClaims }) => audienceClaims ?? defaultAudienceClaims),
  );
  const names = [...claims].map((name) => `\`${name}\``).join(", ");
  return {
    code: "token_audience_mismatch",
    detail: `the audience (claim ${names}) is missing or not an allowed one`,
  };
}

/** Checks the type of a token against the list of the selected provider; `undefined` when it passes. */
export function checkTokenType(
  { typ }: TokenHeader,
  { tokenTypes = defaultTokenTypes }: TrustedIssuer,
): TokenProblem | undefined {
  return acceptedTypes(tokenTypes).has(typ)
    ? undefined
    : { code: "token_type_not_allowed", detail: "header `typ` is not a type that is accepted" };
}

const acceptedTypes: (tokenTypes: readonly string[]) => ReadonlySet<string> = onceForFrozen(
  (tokenTypes) => new Set(tokenTypes.map(normalizeTokenType)),
);
