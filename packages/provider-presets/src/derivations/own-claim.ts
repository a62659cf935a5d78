import type { Claims } from "@byot/claim-mapper";

/** Reads one own claim; inherited names such as `constructor` are not claims. */
export function readClaim(claims: Claims, name: string): unknown {
  const value: unknown = Object.getOwnPropertyDescriptor(claims, name)?.value;
  return value;
}

/** Whether a claim is a JSON object. */
export function isObjectClaim(claim: unknown): claim is Claims {
  return typeof claim === "object" && claim !== null && !Array.isArray(claim);
}

/** Whether a claim is a list of texts. */
export function isTextList(claim: unknown): claim is readonly string[] {
  return Array.isArray(claim) && claim.every((element) => typeof element === "string");
}

/**
 * What stands in the place of a claim that could not be derived: an object, which no attribute can be. The attribute is
 * then unusable instead of missing, which no default and no option of a policy excuses.
 */
export function underivable(reason: string): Claims {
  return { underivable: reason };
}
