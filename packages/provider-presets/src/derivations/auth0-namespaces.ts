import type { Claims } from "@byot/claim-mapper";
import type { ClaimNote, DerivedClaims } from "../provider-preset.js";
import { underivable } from "./own-claim.js";

/**
 * Derives `namespaced`: the claims whose name is an address, by the last part of it, so that a mapping need not know
 * the address. `https://acme.com/roles` is `namespaced.roles`; where two addresses end alike, neither is.
 */
export function deriveAuth0Claims(claims: Claims): DerivedClaims {
  const named = Object.entries(claims).flatMap(([name, value]) => {
    const [, last] = /^https?:\/\/.+\/([^/]+)$/.exec(name) ?? [];
    return last === undefined ? [] : [{ last, value }];
  });
  const counts = new Map<string, number>();
  for (const { last } of named) {
    counts.set(last, (counts.get(last) ?? 0) + 1);
  }
  const entries = named.map(({ last, value }): [string, unknown] => [
    last,
    counts.get(last) === 1 ? value : underivable("namespace_ambiguous"),
  ]);
  return {
    claims: { namespaced: Object.fromEntries(entries) },
    notes: [...counts].flatMap(([last, count]) => (count === 1 ? [] : [describeAmbiguity(last)])),
  };
}

function describeAmbiguity(last: string): ClaimNote {
  return {
    code: "namespace_ambiguous",
    claim: last,
    message: `several claims have a namespace and end in \`${last}\`; map the one you mean by its whole name`,
  };
}
