import type { Claims } from "@byot/claim-mapper";
import type { DerivedClaims } from "../provider-preset.js";
import { isObjectClaim, isTextList, readClaim, underivable } from "./own-claim.js";

/**
 * Derives `client_roles`: the roles of every client, each with its client, `orders:approver`. Without the client, the
 * `admin` of one would pass for the `admin` of another.
 */
export function deriveKeycloakClaims(claims: Claims): DerivedClaims {
  const access = readClaim(claims, "resource_access");
  if (access === undefined || access === null) {
    return { claims: {}, notes: [] };
  }
  const roles = isObjectClaim(access) ? qualify(access) : undefined;
  if (roles !== undefined) {
    return { claims: { client_roles: roles }, notes: [] };
  }
  return {
    claims: { client_roles: underivable("resource_access") },
    notes: [
      {
        code: "roles_undecodable",
        claim: "resource_access",
        message: "`resource_access` does not hold clients with a list of `roles` each",
      },
    ],
  };
}

function qualify(access: Claims): readonly string[] | undefined {
  const roles: string[] = [];
  for (const [client, entry] of Object.entries(access)) {
    const own = isObjectClaim(entry) ? (readClaim(entry, "roles") ?? []) : undefined;
    if (!isTextList(own)) {
      return undefined;
    }
    roles.push(...own.map((role) => `${client}:${role}`));
  }
  return roles;
}
