import type { DecisionResult } from "../evaluation/decision-result.js";
import { buildTrace, type Retold } from "./build-trace.js";
import { findNearestMisses } from "./find-nearest-misses.js";
import type { TraceNode } from "./trace-node.js";

// Explaining costs many decisions, and a trace is as long as the policies.
const mostRules = 500;
const mostWeight = 2_000;

/**
 * Adds to a decision how it came about and, where it does not allow, what came nearest to allowing. Where more than
 * 500 rules or 2,000 conditions decide, neither is worked out, and the trace says so.
 */
export function explainEvaluation(result: DecisionResult, retold: Retold): DecisionResult {
  const { ruleCount, weight } = retold.evaluation.applicable;
  if (ruleCount > mostRules || weight > mostWeight) {
    return { ...result, trace: untold(result), nearestMisses: [] };
  }
  return {
    ...result,
    trace: buildTrace(retold, result.reason),
    nearestMisses: result.allowed ? [] : findNearestMisses(retold),
  };
}

function untold({ decision, indeterminate = "DP", reason }: DecisionResult): TraceNode {
  const value = decision === "Indeterminate" ? (`Ind{${indeterminate}}` as const) : decision;
  return {
    kind: "set",
    id: "permissions",
    value,
    because: `${reason}; too many rules and conditions to tell part by part`,
  };
}
