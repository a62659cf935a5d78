import type { Decision } from "../decisions/decision.js";

const decisions = new WeakMap<object, Decision>();

/** Keeps the decision that let a request go on, as its property `decision` too. */
export function keepDecision(request: object, decision: Decision): void {
  decisions.set(request, decision);
  Object.assign(request, { decision });
}

/**
 * The decision that let a request go on, with its obligations.
 *
 * @throws TypeError when `requireAuthorization` did not run before: such a request was never allowed.
 */
export function decisionOf(request: object): Decision {
  const decision = decisions.get(request);
  if (decision === undefined) {
    throw new TypeError(
      "the request has no decision: put `requireAuthorization` before its handler",
    );
  }
  return decision;
}
