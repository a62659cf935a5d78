import { isReservedResource, systemResources } from "@byot/authorizer";
import { describe, expect, test } from "vitest";
import { configuration } from "./support/configuration.js";
import { issueToken } from "./support/identity-provider.js";
import { startAuthorizer } from "./support/start-authorizer.js";

const ada = await issueToken("ada");

const reserved = [
  ...systemResources,
  "billing::invoices",
  "billing::",
  "workspace::",
  "workspace::users::export",
];
const similar = [
  "billing-reports",
  "billing:reports",
  "billing_",
  "billing.",
  "workspaces",
  "workspace-users",
  "workspace:users",
  "my-workspace",
  "my-billing",
  "acme::billing",
];

/** Everything exists, is named by a permission of the highest priority, and is allowed to everyone. */
function openedWide(names: readonly string[]) {
  return configuration({
    resources: Object.fromEntries(names.map((name) => [name, ["read"]])),
    permissions: [
      { resource: "*", actions: ["*"] },
      ...names.map((resource, index) => ({
        id: `open-${index}`,
        resource,
        actions: ["*"],
        priority: 1_000_000,
      })),
    ],
  });
}

describe("an external principal", () => {
  const { check } = startAuthorizer([openedWide([...reserved, ...similar])]);

  test.each(reserved)(
    "is denied `%s`, whatever resources, permissions and policies say",
    async (resource) => {
      const checked = await check({ token: ada, resource, action: "read" });

      expect(checked).toMatchObject({
        ok: true,
        value: { allowed: false, decision: "Deny", reason: "admin_resource_forbidden" },
      });
    },
  );

  test.each(similar)("may be allowed `%s`, which only looks similar", async (resource) => {
    const checked = await check({ token: ada, resource, action: "read" });

    expect(checked).toMatchObject({ ok: true, value: { allowed: true } });
  });

  test.each(["Billing", "WORKSPACE", "billing ", " workspace", "workspace\u200B", "ｂilling"])(
    "finds no resource under the look-alike `%s`",
    async (resource) => {
      const checked = await check({ token: ada, resource, action: "read" });

      expect(checked).toMatchObject({
        ok: true,
        value: { allowed: false, reason: "unknown_resource" },
      });
    },
  );
});

test.each(reserved)("`%s` is reserved", (name) => {
  expect(isReservedResource(name)).toBe(true);
});

test.each(["", ...similar])("`%s` is not reserved", (name) => {
  expect(isReservedResource(name)).toBe(false);
});

test("the resources of the service are these", () => {
  expect(systemResources).toEqual([
    "workspace",
    "workspace::users",
    "workspace::groups",
    "workspace::roles",
    "workspace::providers",
    "workspace::policies",
    "workspace::api_keys",
    "workspace::audit",
    "billing",
  ]);
});
