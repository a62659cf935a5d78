import type { LocalIdp } from "@byot/local-idp";
import { parsePolicy, type PolicyDocument } from "@byot/policy-engine";
import {
  defaultWorkspaceSettings,
  type PermissionRecord,
  type PolicyRecord,
  type ProviderRecord,
  type ResourceRecord,
  type Stored,
  type WorkspaceConfiguration,
  type WorkspaceSettings,
} from "@byot/storage";
import { acmeIdp, noon } from "./identity-provider.js";

const writtenAtRevision = 7;

export function stored(workspaceId: string): Stored {
  return { workspaceId, version: writtenAtRevision, createdAt: noon, updatedAt: noon };
}

export function policy(name: string, specification: unknown): PolicyDocument {
  const parsed = parsePolicy({ name, specification });
  if (!parsed.ok) {
    throw new TypeError(JSON.stringify(parsed.error));
  }
  return parsed.value;
}

/** Allows whatever it is asked. */
export const allowAll: PolicyDocument = policy("allow_all", {
  rules: [{ rule_id: "everything", effect: "Allow" }],
});

/** Allows where one condition holds, and denies by default. */
export function allowWhen(condition: unknown): PolicyDocument {
  return policy("allow_when", {
    rules: [{ rule_id: "condition-holds", effect: "Allow", conditions: [condition] }],
    default: { effect: "Deny" },
  });
}

export interface Situation {
  readonly workspaceId?: string;
  readonly revision?: number;
  readonly settings?: Partial<WorkspaceSettings>;
  readonly idp?: LocalIdp;
  readonly provider?: Partial<ProviderRecord>;
  readonly policies?: readonly PolicyDocument[];
  readonly resources?: Readonly<Record<string, readonly string[]>>;
  readonly permissions?: readonly Partial<PermissionRecord>[];
}

/** A workspace in which, unless told otherwise, everything that may be opened is open to everyone. */
export function configuration(situation: Situation = {}): WorkspaceConfiguration {
  const { workspaceId = "acme", revision = writtenAtRevision, policies = [allowAll] } = situation;
  const kept = stored(workspaceId);
  const record = (document: PolicyDocument): PolicyRecord => ({ document, ...kept });
  return {
    revision,
    workspace: {
      ...kept,
      id: workspaceId,
      name: workspaceId,
      settings: { ...defaultWorkspaceSettings, ...situation.settings },
    },
    providers: [providerRecord(workspaceId, situation)],
    policies: policies.map(record),
    resources: resourceRecords(workspaceId, situation.resources),
    permissions: (situation.permissions ?? [{}]).map((permission, index) => ({
      ...kept,
      id: `permission-${index}`,
      resource: "*",
      actions: ["*"],
      policy: policies[0]?.name ?? "",
      priority: 0,
      ...permission,
    })),
  };
}

function providerRecord(workspaceId: string, situation: Situation): ProviderRecord {
  const { idp = acmeIdp, provider = {} } = situation;
  return {
    ...stored(workspaceId),
    id: "acme-idp",
    name: "Acme's identity provider",
    providerType: "oidc",
    enabled: true,
    issuer: idp.issuer,
    allowedAudiences: [idp.audience],
    keys: { inline: idp.jwks() },
    claimMappings: [
      { attribute: "plan", jwtPath: "metadata.plan" },
      { attribute: "role", jwtPath: "role" },
    ],
    ...provider,
  };
}

function resourceRecords(
  workspaceId: string,
  resources: Readonly<Record<string, readonly string[]>> = { orders: ["approve"] },
): readonly ResourceRecord[] {
  return Object.entries(resources).map(([name, actions]) => ({
    ...stored(workspaceId),
    name,
    category: "custom",
    actions,
  }));
}
