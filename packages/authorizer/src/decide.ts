import type { DecisionResult, RequestAttributes } from "@byot/policy-engine";
import type { CheckOrigin, DecisionReason } from "./check.js";
import { isReservedResource } from "./reserved-resources.js";
import type { WorkspaceSnapshot } from "./snapshots/workspace-snapshot.js";

/** What was decided, before it has an id and a time. */
export interface Verdict extends Omit<DecisionResult, "reason"> {
  /** Why. */
  readonly reason: DecisionReason;
}

/** Decides on attributes. What is closed or unknown is denied before any policy is looked at. */
export function decide(
  snapshot: WorkspaceSnapshot,
  attributes: RequestAttributes,
  explain: CheckOrigin["explain"],
): Verdict {
  const refused = refusedWithoutPolicy(snapshot, attributes);
  return refused === undefined
    ? snapshot.plan.decide(attributes, {
        explain: explain !== undefined,
        revealValues: explain === "with_values",
      })
    : denied(refused);
}

/** Why a resource or an action is denied whatever the policies say. */
export function refusedWithoutPolicy(
  { actionsByResource }: WorkspaceSnapshot,
  { resource, action }: Pick<RequestAttributes, "resource" | "action">,
): DecisionReason | undefined {
  if (isReservedResource(resource)) {
    return "admin_resource_forbidden";
  }
  const actions = actionsByResource.get(resource);
  if (actions === undefined) {
    return "unknown_resource";
  }
  return actions.has(action) ? undefined : "unknown_action";
}

/** A denial that no policy has anything to do with. */
export function denied(reason: DecisionReason): Verdict {
  return {
    allowed: false,
    decision: "Deny",
    reason,
    determining: [],
    errors: [],
    missing: [],
    obligations: [],
    advice: [],
  };
}
