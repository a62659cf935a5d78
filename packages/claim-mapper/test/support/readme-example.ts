import { mapClaims } from "@byot/claim-mapper";

const claims = {
  sub: "ada",
  metadata: { plan: "premium" },
  "https://acme.com/roles": ["manager"],
};

export const { attributes, problems } = mapClaims(claims, [
  { attribute: "plan", jwtPath: "metadata.plan", required: true },
  { attribute: "roles", jwtPath: "https://acme.com/roles" },
  { attribute: "region", jwtPath: "metadata.region", default: "eu" },
  { attribute: "team", jwtPath: "metadata.team" },
]);
// attributes: ext_plan → "premium", ext_roles → ["manager"], ext_region → "eu"
// problems: [{ code: "claim_missing", attribute: "team", resolved: ["metadata"], presentKeys: ["plan"], … }]
