import type { DecisionResult } from "../evaluation/decision-result.js";
import { buildTrace, type Retold } from "./build-trace.js";
import { findNearestMisses } from "./find-nearest-misses.js";

/** Adds to a decision how it came about and, where it does not allow, what came nearest to allowing. */
export function explainEvaluation(result: DecisionResult, retold: Retold): DecisionResult {
  return {
    ...result,
    trace: buildTrace(retold, result.reason),
    nearestMisses: result.allowed ? [] : findNearestMisses(retold),
  };
}
