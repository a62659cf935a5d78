import type { DecisionRecorder, DecisionRecorderParts } from "./decision-recorder.js";

/** Puts a decision recorder together. */
export function createDecisionRecorder(parts: DecisionRecorderParts): DecisionRecorder {
  throw new TypeError(`not ready: ${String(parts)}`);
}
