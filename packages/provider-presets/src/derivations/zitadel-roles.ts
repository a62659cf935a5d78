import type { Claims } from "@byot/claim-mapper";
import type { DerivedClaims } from "../provider-preset.js";
import { isObjectClaim, underivable } from "./own-claim.js";

const rolesClaim = /^urn:zitadel:iam:org:project:(?:[^:]+:)?roles$/;

/**
 * Derives `roles`, the names of the roles of all projects in the token, and `organization_roles`, each with the
 * organization that grants it, `<organization id>:<role>`. ZITADEL writes both as names of members, which paths do not
 * lead to: `{ "admin": { "<organization id>": "<its domain>" } }`.
 */
export function deriveZitadelClaims(claims: Claims): DerivedClaims {
  const granted = Object.entries(claims).filter(([name]) => rolesClaim.test(name));
  if (granted.length === 0) {
    return { claims: {}, notes: [] };
  }
  const grants = granted.map(([, value]) => readGrants(value));
  if (!grants.every((each) => each !== undefined)) {
    const nothing = underivable("roles");
    return {
      claims: { roles: nothing, organization_roles: nothing },
      notes: [
        {
          code: "roles_undecodable",
          claim: granted[0]?.[0] ?? "",
          message:
            "the roles are not written as names of roles with the organizations that grant them",
        },
      ],
    };
  }
  const all = grants.flat();
  const qualified = all.flatMap(({ role, organizations }) =>
    organizations.map((organization) => `${organization}:${role}`),
  );
  return {
    claims: {
      roles: [...new Set(all.map(({ role }) => role))],
      organization_roles: [...new Set(qualified)],
    },
    notes: [],
  };
}

interface Grant {
  readonly role: string;
  readonly organizations: readonly string[];
}

function readGrants(value: unknown): readonly Grant[] | undefined {
  if (!isObjectClaim(value)) {
    return undefined;
  }
  const entries = Object.entries(value);
  return entries.every(([, organizations]) => isObjectClaim(organizations))
    ? entries.map(([role, organizations]) => ({ role, organizations: namesOf(organizations) }))
    : undefined;
}

function namesOf(value: unknown): readonly string[] {
  return isObjectClaim(value) ? Object.keys(value) : [];
}
