import { type ClaimMapper, compileClaimMapper } from "@byot/claim-mapper";
import { compilePolicies, type DecisionPlan } from "@byot/policy-engine";
import type {
  ResourceRecord,
  Stored,
  WorkspaceConfiguration,
  WorkspaceSettings,
} from "@byot/storage";
import { createWorkspaceTrust, type WorkspaceTrust } from "@byot/token-verifier";
import { type DayOfWeek, dayOfWeekIn } from "../day-of-week.js";

/** How the claims of one provider's tokens are read. */
export interface ProviderMapping {
  /** Which product the provider is, such as `clerk`. */
  readonly providerType: string;
  /** Its mappings, compiled. */
  readonly mapper: ClaimMapper;
}

/** Everything that decides in a workspace at exactly one revision, ready to use. Immutable. */
export interface WorkspaceSnapshot {
  /** The workspace. */
  readonly workspaceId: string;
  /** The revision all of it was made from. */
  readonly revision: number;
  /** The workspace's settings. */
  readonly settings: WorkspaceSettings;
  /** Whose tokens are trusted. */
  readonly trust: WorkspaceTrust;
  /** How the claims of each provider's tokens are read, by provider id. */
  readonly claimMappings: ReadonlyMap<string, ProviderMapping>;
  /** The actions of every resource, by resource name. */
  readonly actionsByResource: ReadonlyMap<string, ReadonlySet<string>>;
  /** The compiled permissions and policies. */
  readonly plan: DecisionPlan;
  /** The day of the week in the workspace's time zone. */
  readonly dayOfWeek: DayOfWeek;
}

/**
 * Compiles a configuration. Trust, mappings and policies come from the same revision, so none can outrun another.
 * Nothing is kept of the configuration that could change afterwards.
 *
 * @throws TypeError when the configuration holds something of another workspace or two things of one key, when a
 * permission names a policy that is not there, when a mapping or a policy is not a valid one, or when the runtime does
 * not know the workspace's time zone.
 */
export function compileSnapshot(configuration: WorkspaceConfiguration): WorkspaceSnapshot {
  const { workspace, revision, providers, policies, resources, permissions } = configuration;
  assertWithin(workspace.id, [...policies, ...resources, ...permissions]);
  return {
    workspaceId: workspace.id,
    revision,
    settings: { ...workspace.settings },
    trust: createWorkspaceTrust(workspace.id, revision, providers),
    claimMappings: new Map(
      providers.map(({ id, providerType, claimMappings }) => [
        id,
        { providerType, mapper: compileClaimMapper(claimMappings) },
      ]),
    ),
    actionsByResource: indexActions(resources),
    plan: compilePolicies(
      permissions.map(({ resource, actions, priority, policy }) => ({
        resource,
        actions,
        priority,
        policyId: policy,
      })),
      policies.map(({ document, version }) => ({ id: document.name, version, document })),
      { timeZone: workspace.settings.timeZone },
    ),
    dayOfWeek: dayOfWeekIn(workspace.settings.timeZone),
  };
}

// SECURITY: storage promises this already; a query that forgot its workspace must not decide anything here.
function assertWithin(workspaceId: string, things: readonly Stored[]): void {
  const stranger = things.find((thing) => thing.workspaceId !== workspaceId);
  if (stranger !== undefined) {
    throw new TypeError(
      `the configuration of workspace \`${workspaceId}\` holds something of workspace \`${stranger.workspaceId}\``,
    );
  }
}

function indexActions(
  resources: readonly ResourceRecord[],
): ReadonlyMap<string, ReadonlySet<string>> {
  const byName = new Map(resources.map(({ name, actions }) => [name, new Set(actions)]));
  if (byName.size !== resources.length) {
    throw new TypeError("two resources have the same name");
  }
  return byName;
}
