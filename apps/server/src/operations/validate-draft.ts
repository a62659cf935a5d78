import type { Routes } from "@byot/api-contract";
import { unknownWorkspace } from "./existing-workspace.js";
import type { OperationOf } from "./operation.js";
import { done, refused } from "./outcome.js";
import { findInDraft } from "./policy-findings.js";
import type { Services } from "./services.js";

/** Holds a draft of a policy against the attributes that the workspace's providers map. Nothing is stored. */
export function validateDraft({
  storage,
}: Pick<Services, "storage">): OperationOf<Routes["policies"]["validate"]> {
  return async ({ path, body }) => {
    const configuration = await storage.readConfiguration(path.workspace);
    if (configuration === undefined) {
      return refused(unknownWorkspace(path.workspace));
    }
    const findings = findInDraft(body, configuration.providers);
    const valid = findings.every(({ severity }) => severity !== "error");
    return done({ answer: { data: { valid, findings } } });
  };
}
