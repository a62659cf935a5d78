import type { LoggedDecision, LoggedRefusal, Routes } from "@byot/api-contract";
import type { DecisionRecord, TokenRefusalRecord } from "@byot/storage";
import { existingWorkspace } from "./existing-workspace.js";
import { describeDetermining, describeErrors } from "./explanation.js";
import { listPage } from "./list-page.js";
import type { OperationsOf } from "./operation.js";
import type { Services } from "./services.js";

/**
 * The operations that read the decision log. The log outlives its workspace, so that one made again under the same id
 * sees only what was recorded since it was made.
 */
export function auditOperations({ storage }: Services): OperationsOf<Routes["audit"]> {
  const { decisionLog } = storage;
  return {
    async decisions({ path, query }) {
      const workspace = await existingWorkspace(storage, path.workspace);
      if (!workspace.ok) {
        return workspace;
      }
      const from = workspace.value.createdAt;
      return listPage(decisionLog.list(path.workspace, { ...query, from }), describeDecision);
    },
    async refusals({ path, query }) {
      const workspace = await existingWorkspace(storage, path.workspace);
      if (!workspace.ok) {
        return workspace;
      }
      const from = workspace.value.createdAt;
      return listPage(
        decisionLog.listRefusals(path.workspace, { ...query, from }),
        describeRefusal,
      );
    },
  };
}

function describeDecision(record: DecisionRecord): LoggedDecision {
  const { workspaceId: _, at, providerId, determining, errors, ...rest } = record;
  return {
    ...rest,
    at: at.toISOString(),
    provider: providerId,
    determining: describeDetermining(determining),
    errors: describeErrors(errors),
  };
}

function describeRefusal({ workspaceId: _, at, ...rest }: TokenRefusalRecord): LoggedRefusal {
  return { ...rest, at: at.toISOString() };
}
