import type { JsonObject } from "../json-object.js";
import type { Limits } from "../limits.js";
import { fail, type Result, succeed } from "../result.js";
import type { TokenProblem } from "../token-refusal.js";
import type { TrustedIssuer } from "../trusted-issuer.js";
import type { WorkspaceTrust } from "../workspace-trust.js";
import { allowsOneOf, audienceValues, decidingAudience } from "./audience.js";
import { audienceMismatch } from "./select-provider.js";
import { checkTimes, readTimes, type TokenTimes } from "./token-times.js";

/** What proven claims are held against. */
export interface ClaimContext {
  /** The trust of the workspace that asks. */
  readonly trust: WorkspaceTrust;
  /** The provider whose key proved the signature. */
  readonly provider: TrustedIssuer;
  /** The time, in seconds since 1970. */
  readonly now: number;
  /** The limits of the verifier. */
  readonly limits: Limits;
}

/** The claims that every accepted token has. */
export interface CheckedClaims {
  /** The claim `sub`. */
  readonly subject: string;
  /** The values of the claim that decided for whom the token is meant. */
  readonly audience: readonly string[];
  /** The times. */
  readonly times: TokenTimes;
}

/**
 * Asks again whether the provider may vouch for this token, so that a mistaken
 * {@link WorkspaceTrust.candidates} can not widen trust; `undefined` when it may.
 */
export function checkIssuer(claims: JsonObject, context: ClaimContext): TokenProblem | undefined {
  const { provider, trust } = context;
  const { iss } = claims;
  const vouches =
    provider.enabled &&
    provider.workspaceId === trust.workspaceId &&
    typeof iss === "string" &&
    (iss === provider.issuer || provider.issuerAliases?.includes(iss) === true);
  return vouches
    ? undefined
    : { code: "token_issuer_unknown", detail: "claim `iss` is not the issuer of the provider" };
}

/** Holds the claims of a token whose signature is proven against every rule; the first problem counts. */
export function checkClaims(
  claims: JsonObject,
  context: ClaimContext,
): Result<CheckedClaims, TokenProblem> {
  const audience = readAudience(claims, context);
  if (!audience.ok) {
    return audience;
  }
  const times = readTimes(claims);
  if (!times.ok) {
    return times;
  }
  const untimely = checkTimes(times.value, context);
  if (untimely !== undefined) {
    return fail(untimely);
  }
  const subject = readSubject(claims, context.limits);
  if (!subject.ok) {
    return subject;
  }
  const stranger = checkAuthorizedParty(claims, context.provider);
  return stranger === undefined
    ? succeed({ subject: subject.value, audience: audience.value, times: times.value })
    : fail(stranger);
}

/** Reads `sub` (RFC 7519 §4.1.2) if it is fit to name somebody, in a database too. */
export function readSubject(claims: JsonObject, limits: Limits): Result<string, TokenProblem> {
  const { sub } = claims;
  if (sub === undefined) {
    return fail({ code: "token_claim_missing", detail: "claim `sub` is missing" });
  }
  const { subjectCharacters: longest } = limits;
  const isFit =
    typeof sub === "string" && sub.length >= 1 && sub.length <= longest && !/[\0\p{Cs}]/u.test(sub);
  return isFit
    ? succeed(sub)
    : fail({
        code: "token_claim_invalid",
        detail: `claim \`sub\` is not a well-formed string of 1 to ${longest} characters without nul`,
      });
}

/** The audience selected the provider before the signature was proven; here it has to hold again. */
function readAudience(
  claims: JsonObject,
  { provider, limits }: ClaimContext,
): Result<readonly string[], TokenProblem> {
  const { aud } = claims;
  const values = aud === undefined ? [] : audienceValues("aud", aud);
  if (values === undefined || values.length > limits.audiences) {
    return fail({
      code: "token_claim_invalid",
      detail: `claim \`aud\` is neither a string nor a list of at most ${limits.audiences} strings`,
    });
  }
  const audience = decidingAudience(claims, provider);
  return audience !== undefined && allowsOneOf(provider, audience)
    ? succeed(audience)
    : fail(audienceMismatch([provider]));
}

function checkAuthorizedParty(
  { azp }: JsonObject,
  { authorizedParties }: TrustedIssuer,
): TokenProblem | undefined {
  if (authorizedParties === undefined) {
    return undefined;
  }
  if (azp === undefined) {
    return { code: "token_claim_missing", detail: "claim `azp` is missing" };
  }
  return typeof azp === "string" && authorizedParties.includes(azp)
    ? undefined
    : { code: "token_party_mismatch", detail: "claim `azp` names no authorized party" };
}
