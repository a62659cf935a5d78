/** The claim below which mappings find what `prepareClaims` derived. */
export const derivedClaimName = "byot";

/** The path to a derived claim: a list of names, which no claim named like a whole path can stand before. */
export function derivedClaim(...names: readonly string[]): readonly string[] {
  return [derivedClaimName, ...names];
}
