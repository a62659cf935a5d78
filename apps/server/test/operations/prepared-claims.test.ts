import { routes } from "@byot/api-contract";
import { findPreset } from "@byot/provider-presets";
import { expect, test } from "vitest";
import { acmeProvider } from "../support/acme.js";
import { startService } from "../support/service.js";

const invoiceReaders = {
  name: "invoice_readers",
  specification: {
    rules: [
      {
        rule_id: "permitted",
        effect: "Allow",
        conditions: [
          {
            function: "string_set_contains",
            attribute: "ext_permissions",
            value: "org:invoices:read",
          },
        ],
      },
    ],
    default: { effect: "Deny" },
  },
  appliesTo: [{ resource: "invoices", actions: ["read"] }],
};

test.each([
  ["allows one whose permissions hold it, bit by bit", "2", "allowed_by_rule"],
  ["denies one whose permissions do not", "1", "denied_by_default"],
])("a session token of Clerk: a policy %s", async (_title, fpm, reason) => {
  await using service = await startService();
  await service.call(routes.workspaces.create, { body: { id: "acme", name: "Acme" } });
  const claimMappings = findPreset("clerk")?.claimMappings;
  await service.call(routes.providers.create, {
    body: { ...acmeProvider(service), providerType: "clerk", claimMappings },
  });
  await service.call(routes.resources.create, { body: { name: "invoices", actions: ["read"] } });
  await service.call(routes.policies.create, { body: invoiceReaders });
  const claims = { v: 2, fea: "o:invoices", o: { id: "org_1", per: "create,read", fpm } };
  const token = await service.tokenOf("ada", { claims });

  const { answer } = await service.call(routes.decisions.authorize, {
    body: { token, resource: "invoices", action: "read" },
  });

  expect(answer.data.reason.code).toBe(reason);
});
