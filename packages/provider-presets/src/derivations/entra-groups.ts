import type { Claims } from "@byot/claim-mapper";
import type { DerivedClaims } from "../provider-preset.js";
import { isObjectClaim, readClaim, underivable } from "./own-claim.js";

/**
 * Derives `groups`, which is unusable when they did not all fit into the token, and `groups_overage`, which says so.
 *
 * More than 200 groups are left out altogether: `_claim_names` then points elsewhere for `groups`, or `hasgroups` is
 * true. Whoever took that for "no groups" would let a denial by group pass.
 */
export function deriveEntraClaims(claims: Claims): DerivedClaims {
  const groups = readClaim(claims, "groups");
  if (!isOverage(claims)) {
    const present = groups === undefined ? {} : { groups };
    return { claims: { ...present, groups_overage: false }, notes: [] };
  }
  return {
    claims: { groups: underivable("groups_overage"), groups_overage: true },
    notes: [
      {
        code: "groups_overage",
        claim: "groups",
        message:
          "the person is in more groups than fit into a token, so that none are in it; assign the groups to the application and emit those alone, or use app roles",
      },
    ],
  };
}

function isOverage(claims: Claims): boolean {
  const names = readClaim(claims, "_claim_names");
  const hasGroups = readClaim(claims, "hasgroups");
  const pointsElsewhere = isObjectClaim(names) && Object.hasOwn(names, "groups");
  return pointsElsewhere || hasGroups === true || hasGroups === "true";
}
