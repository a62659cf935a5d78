import type { LoggedDecision, LoggedRefusal, Routes } from "@byot/api-contract";
import type { DecisionRecord, TokenRefusalRecord } from "@byot/storage";
import { unknownWorkspace } from "./change-workspace.js";
import { describeDetermining, describeErrors } from "./explanation.js";
import { listPage } from "./list-page.js";
import type { OperationsOf } from "./operation.js";
import { refused } from "./outcome.js";
import type { Services } from "./services.js";

/** The operations that read the decision log. */
export function auditOperations({ storage }: Services): OperationsOf<Routes["audit"]> {
  const { decisionLog } = storage;
  const exists = async (workspaceId: string): Promise<boolean> =>
    (await storage.revision(workspaceId)) !== undefined;
  return {
    decisions: async ({ path, query }) =>
      (await exists(path.workspace))
        ? listPage(decisionLog.list(path.workspace, query), describeDecision)
        : refused(unknownWorkspace(path.workspace)),
    refusals: async ({ path, query }) =>
      (await exists(path.workspace))
        ? listPage(decisionLog.listRefusals(path.workspace, query), describeRefusal)
        : refused(unknownWorkspace(path.workspace)),
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
