import type { DecisionResult } from "@byot/policy-engine";
import { type AttributeSources, requestAttributes } from "./request-attributes.js";
import type { CheckRequest, DecisionReason } from "./check.js";
import { isReservedResource } from "./reserved-resources.js";
import type { WorkspaceSnapshot } from "./workspace-snapshot.js";

/** What was decided, before it has an id and a time. */
export interface Verdict extends Pick<
  DecisionResult,
  "allowed" | "determining" | "errors" | "missing" | "obligations" | "nearestMisses" | "trace"
> {
  /** Why. */
  readonly reason: DecisionReason;
}

/** Decides for the holder of a verified token. What is closed or unknown is denied before any policy is looked at. */
export function decide(
  snapshot: WorkspaceSnapshot,
  sources: AttributeSources,
  explain: CheckRequest["explain"],
): Verdict {
  const { resource, action } = sources;
  if (isReservedResource(resource)) {
    return denied("admin_resource_forbidden");
  }
  const actions = snapshot.actionsByResource.get(resource);
  if (actions === undefined) {
    return denied("unknown_resource");
  }
  if (!actions.has(action)) {
    return denied("unknown_action");
  }
  return snapshot.plan.decide(requestAttributes(sources), {
    explain: explain !== undefined,
    revealValues: explain === "with_values",
  });
}

function denied(reason: DecisionReason): Verdict {
  return { allowed: false, reason, determining: [], errors: [], missing: [], obligations: [] };
}
