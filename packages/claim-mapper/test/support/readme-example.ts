import { mapClaims } from "@byot/claim-mapper";

const claims = {
  scope: "orders:read orders:approve",
  metadata: { plan: "premium" },
  "https://acme.com/roles": ["manager"],
  resource_access: { orders: { roles: ["approver"] }, billing: { roles: ["reader"] } },
};

export const { attributes, problems } = mapClaims(claims, [
  { attribute: "plan", jwtPath: "metadata.plan", type: "string", required: true },
  { attribute: "roles", jwtPath: "https://acme.com/roles" },
  { attribute: "client_roles", jwtPath: "resource_access.*.roles", type: "string_set" },
  { attribute: "scopes", jwtPath: { anyOf: ["scp", "scope"] }, transforms: ["split: "] },
  { attribute: "region", jwtPath: "metadata.region", default: "eu" },
  { attribute: "team", jwtPath: "metadata.team" },
]);
// attributes: ext_plan → "premium", ext_client_roles → ["approver", "reader"], ext_region → "eu", …
// problems: [{ code: "claim_missing", attribute: "team", resolved: ["metadata"], presentKeys: ["plan"], … }]
