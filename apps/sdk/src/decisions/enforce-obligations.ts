import type { Decision } from "./decision.js";

/**
 * Turns an Allow into a Deny when it comes with an obligation the application does not know.
 *
 * SECURITY: such an Allow holds only together with its obligation. An application that has never heard of the duty
 * cannot be carrying it out.
 */
export function enforceObligations(decision: Decision, known: ReadonlySet<string>): Decision {
  const unknown = decision.obligations.find(({ id }) => !known.has(id));
  if (!decision.allowed || unknown === undefined) {
    return decision;
  }
  const message = `the obligation \`${unknown.id}\` is not among \`knownObligations\``;
  return {
    ...decision,
    allowed: false,
    decision: "Deny",
    reason: { code: "obligation_unknown", message },
  };
}
