import type { Claims } from "@byot/claim-mapper";
import type { DerivedClaims } from "../provider-preset.js";
import { isObjectClaim, readClaim, underivable } from "./own-claim.js";

const mostEntries = 256;

/**
 * Derives `permissions` from the compact `o` of a session token of version 2, as `org:<feature>:<permission>`.
 *
 * `fea` lists features with their scope (`o:` organization, `u:` person, `uo:` both), `o.per` lists the names of
 * permissions, and `o.fpm` has one number for each organization feature: bit 0 stands for the first name. What does not
 * add up exactly is not guessed at.
 */
export function deriveClerkClaims(claims: Claims): DerivedClaims {
  const organization = readClaim(claims, "o");
  if (organization === undefined || organization === null) {
    return { claims: {}, notes: [] };
  }
  const permissions = isObjectClaim(organization)
    ? decode(readClaim(claims, "fea"), organization)
    : undefined;
  if (permissions !== undefined) {
    return { claims: { permissions }, notes: [] };
  }
  return {
    claims: { permissions: underivable("o.fpm") },
    notes: [
      {
        code: "permissions_undecodable",
        claim: "o.fpm",
        message:
          "`fea`, `o.per` and `o.fpm` do not belong together, so that the permissions cannot be told; `permissions` is unusable, not empty",
      },
    ],
  };
}

function decode(features: unknown, organization: Claims): readonly string[] | undefined {
  const names = readEntries(readClaim(organization, "per"));
  const masks = readEntries(readClaim(organization, "fpm"));
  const scoped = readEntries(features);
  if (names === undefined || masks === undefined || scoped === undefined) {
    return undefined;
  }
  if (names.length === 0 && masks.length === 0) {
    return [];
  }
  const owned = scoped.flatMap(organizationFeature);
  if (owned.length !== masks.length || !masks.every((mask) => isMaskOf(mask, names.length))) {
    return undefined;
  }
  return owned.flatMap((feature, index) =>
    selectByMask(names, masks[index] ?? "0").map((name) => `org:${feature}:${name}`),
  );
}

/** A list written with commas; absent or empty there are none. */
function readEntries(claim: unknown): readonly string[] | undefined {
  if (claim === undefined || claim === null || claim === "") {
    return [];
  }
  if (typeof claim !== "string") {
    return undefined;
  }
  const entries = claim.split(",").map((entry) => entry.trim());
  return entries.includes("") || entries.length > mostEntries ? undefined : entries;
}

function organizationFeature(scoped: string): readonly string[] {
  const [, feature] = /^(?:o|uo|ou):(.+)$/.exec(scoped) ?? [];
  return feature === undefined ? [] : [feature];
}

function isMaskOf(mask: string, names: number): boolean {
  return /^(?:0|[1-9]\d{0,99})$/.test(mask) && BigInt(mask) >> BigInt(names) === 0n;
}

function selectByMask(names: readonly string[], mask: string): readonly string[] {
  const bits = BigInt(mask);
  return names.filter((_name, index) => ((bits >> BigInt(index)) & 1n) === 1n);
}
