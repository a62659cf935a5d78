import type { DecisionRecord } from "@byot/storage";

/** What a decision rests on, as far as a list can ask for it. */
export interface Ground {
  /** A policy; empty for whichever policy has the rule. */
  readonly policyId: string;
  /** One of its rules; empty for whichever part of the policy. */
  readonly ruleId: string;
}

/** Every answer to what a decision rests on, each once. */
export function groundsOf(determining: DecisionRecord["determining"]): readonly Ground[] {
  const grounds = determining.flatMap(({ policyId, ruleId }) => [
    { policyId, ruleId: "" },
    ...(ruleId === null
      ? []
      : [
          { policyId: "", ruleId },
          { policyId, ruleId },
        ]),
  ]);
  return [...new Map(grounds.map((ground) => [JSON.stringify(ground), ground])).values()];
}
