import type { ResourceAnswer } from "@byot/api-contract";
import { systemResources } from "@byot/authorizer";
import { compareKeys, type WorkspaceRecord } from "@byot/storage";

type SystemResource = (typeof systemResources)[number];

const readAndWrite = ["read", "write"];

const descriptionOf: Readonly<Record<SystemResource, string>> = {
  workspace: "The workspace and its settings.",
  "workspace::users": "The people who administer the workspace.",
  "workspace::groups": "Groups of the people who administer the workspace.",
  "workspace::roles": "What the people who administer the workspace may do.",
  "workspace::providers": "The external auth providers and their claim mappings.",
  "workspace::policies": "Policies, resources and permissions.",
  "workspace::api_keys": "API keys.",
  "workspace::audit": "The logs of decisions, refused tokens and changes.",
  billing: "Everything about paying.",
};

/**
 * The resources that the service itself consists of, as a workspace answers them, ordered by key. They are as old as the
 * workspace, and nothing changes them.
 */
export function systemResourcesOf({
  createdAt,
}: Pick<WorkspaceRecord, "createdAt">): readonly ResourceAnswer[] {
  const since = createdAt.toISOString();
  return systemResources.toSorted(compareKeys).map((name) => ({
    name,
    description: descriptionOf[name],
    category: "system",
    actions: readAndWrite,
    version: 1,
    createdAt: since,
    updatedAt: since,
  }));
}
