import type { JsonObject, JsonValue } from "../json-object.js";
import {
  type AudienceClaim,
  defaultAudienceClaims,
  type TrustedIssuer,
} from "../trusted-issuer.js";

/**
 * For whom a token is meant, by the rule of one provider: of its audience claims, the first that the
 * token has decides, whatever it says. `undefined` when the token has none of them or the deciding one is
 * neither a string nor a list of strings.
 */
export function decidingAudience(
  claims: JsonObject,
  provider: TrustedIssuer,
): readonly string[] | undefined {
  const claim = (provider.audienceClaims ?? defaultAudienceClaims).find((name) =>
    Object.hasOwn(claims, name),
  );
  return claim === undefined ? undefined : audienceValues(claim, claims[claim]);
}

/** Tells whether a token is meant for this provider's audience. */
export function isMeantFor(claims: JsonObject, provider: TrustedIssuer): boolean {
  return allowsOneOf(provider, decidingAudience(claims, provider));
}

/** Tells whether one of the audiences, if there are any, is a provider's. */
export function allowsOneOf(
  { allowedAudiences }: TrustedIssuer,
  audience: readonly string[] | undefined,
): boolean {
  return audience?.some((value) => allowedAudiences.includes(value)) === true;
}

/** The values of an audience claim; only `aud` may be a list (RFC 7519 §4.1.3). */
export function audienceValues(
  claim: AudienceClaim,
  value: JsonValue | undefined,
): readonly string[] | undefined {
  if (typeof value === "string") {
    return [value];
  }
  return claim === "aud" && isStringList(value) ? value : undefined;
}

function isStringList(value: JsonValue | undefined): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}
