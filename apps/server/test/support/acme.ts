import { routes } from "@byot/api-contract";
import { orderApproval, premiumAccess } from "../../src/demo/demo-policies.js";
import { audience, issuer, type Service } from "./service.js";

/** Allows everybody everything. */
export const allowAll = {
  name: "allow_all",
  specification: { rules: [{ rule_id: "anyone", effect: "Allow", conditions: [] }] },
} as const;

/** The provider that vouches for the tests' tokens. */
export function acmeProvider(service: Pick<Service, "idp">): Readonly<Record<string, unknown>> {
  return {
    id: "acme-login",
    name: "Acme login",
    issuer,
    allowedAudiences: [audience],
    jwks: service.idp.jwks(),
    claimMappings: [
      { attribute: "plan", jwtPath: "metadata.plan" },
      { attribute: "role", jwtPath: "role" },
    ],
  };
}

/** Makes the workspace `acme`: one provider, two resources, a policy for each. */
export async function makeAcme(service: Service): Promise<void> {
  await service.call(routes.workspaces.create, { body: { id: "acme", name: "Acme" } });
  await service.call(routes.providers.create, { body: acmeProvider(service) });
  await makeGuarded(service, "premium-features", "access", premiumAccess);
  await makeGuarded(service, "orders", "approve", orderApproval);
}

// oxlint-disable-next-line max-params -- a table row of four
async function makeGuarded(
  service: Service,
  resource: string,
  action: string,
  policy: object,
): Promise<void> {
  await service.call(routes.resources.create, { body: { name: resource, actions: [action] } });
  await service.call(routes.policies.create, {
    body: { ...policy, appliesTo: [{ resource, actions: [action] }] },
  });
}

/** Everything that is configured in a workspace, for comparing before and after. */
export async function everythingIn(service: Service, workspaceId = "acme"): Promise<unknown> {
  return {
    configuration: await service.storage.readConfiguration(workspaceId),
    workspaces: await service.storage.workspaces.list({ limit: 200 }),
    apiKeys: await service.storage.apiKeys.list(undefined, { limit: 200 }),
    decisions: await service.storage.decisionLog.list(workspaceId, { limit: 200 }),
    refusals: await service.storage.decisionLog.listRefusals(workspaceId, { limit: 200 }),
  };
}
