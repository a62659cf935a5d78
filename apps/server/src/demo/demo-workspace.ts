import type { LocalIdp } from "@byot/local-idp";
import { parsePolicy, type PolicyDocument } from "@byot/policy-engine";
import { type ConfigurationWrite, defaultWorkspaceSettings, type Storage } from "@byot/storage";
import { systemOrigin } from "../access/system-origin.js";
import { orderApproval, premiumAccess } from "./demo-policies.js";

/** The demo's workspace. */
export const demoWorkspaceId = "demo";

/** Sets the demo's workspace up, unless it is there already: what a person has changed in it stays. */
export async function ensureDemoWorkspace(
  storage: Storage,
  idp: LocalIdp,
  at: Date,
): Promise<void> {
  if ((await storage.revision(demoWorkspaceId)) === undefined) {
    await storage.apply({
      ...systemOrigin("demo"),
      workspaceId: demoWorkspaceId,
      at,
      writes: demoWrites(idp),
    });
  }
}

function demoWrites(idp: LocalIdp): readonly ConfigurationWrite[] {
  const expectedVersion = null;
  return [
    {
      operation: "put",
      kind: "workspace",
      value: { id: demoWorkspaceId, name: "Demo", settings: defaultWorkspaceSettings },
      expectedVersion,
    },
    {
      operation: "put",
      kind: "provider",
      value: {
        id: "demo-idp",
        name: "Demo identity provider",
        providerType: "oidc",
        enabled: true,
        issuer: idp.issuer,
        allowedAudiences: [idp.audience],
        keys: { inline: idp.jwks() },
        claimMappings: [
          { attribute: "plan", jwtPath: "metadata.plan" },
          { attribute: "role", jwtPath: "role" },
        ],
      },
      expectedVersion,
    },
    ...guarded({ resource: "premium-features", action: "access", document: premiumAccess }),
    ...guarded({ resource: "orders", action: "approve", document: orderApproval }),
  ];
}

interface Guarded {
  readonly resource: string;
  readonly action: string;
  readonly document: unknown;
}

/** A resource with one action, the policy that guards it, and the permission that links them. */
function guarded({ resource, action, document }: Guarded): readonly ConfigurationWrite[] {
  const policy = readPolicy(document);
  const expectedVersion = null;
  return [
    {
      operation: "put",
      kind: "resource",
      value: { name: resource, category: "custom", actions: [action] },
      expectedVersion,
    },
    { operation: "put", kind: "policy", value: { document: policy }, expectedVersion },
    {
      operation: "put",
      kind: "permission",
      value: {
        id: `${action}-${resource}`,
        resource,
        actions: [action],
        policy: policy.name,
        priority: 0,
      },
      expectedVersion,
    },
  ];
}

function readPolicy(document: unknown): PolicyDocument {
  const parsed = parsePolicy(document);
  if (!parsed.ok) {
    throw new TypeError(`a policy of the demo is invalid: ${JSON.stringify(parsed.error)}`);
  }
  return parsed.value;
}
