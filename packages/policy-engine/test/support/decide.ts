import {
  type AttributeInput,
  compilePolicies,
  type Condition,
  type DecisionPlan,
  type DecisionResult,
  type Effect,
  parsePolicy,
  type PolicyDocument,
  type PolicyRule,
  type RequestAttributes,
} from "@byot/policy-engine";

/** Attributes by name, with metadata under `request_metadata`; any value at all is let through. */
export type Given = Readonly<Record<string, unknown>>;

/** A policy at a priority. */
export interface Attached {
  readonly document: PolicyDocument;
  readonly priority?: number;
}

/** What a request is for. */
export type Asked = Pick<RequestAttributes, "resource" | "action">;

/** The document, or a failure that shows what is wrong with it. */
export function parsed(json: unknown): PolicyDocument {
  const result = parsePolicy(json);
  if (!result.ok) {
    throw new Error(JSON.stringify(result.error));
  }
  return result.value;
}

/** A policy of these rules. */
export function policy(rules: readonly PolicyRule[], fallback?: Effect): PolicyDocument {
  const specification =
    fallback === undefined ? { rules } : { rules, default: { effect: fallback } };
  return parsed({ name: "policy", specification });
}

/** Policies `policy-0`, `policy-1`, … attached to every action on every resource. */
export function planOf(attached: readonly Attached[]): DecisionPlan {
  return compilePolicies(
    attached.map(({ priority = 0 }, index) => ({
      resource: "*",
      actions: ["*"],
      priority,
      policyId: `policy-${index}`,
    })),
    attached.map(({ document }, index) => ({ id: `policy-${index}`, version: 1, document })),
  );
}

/** A request for `orders`/`approve`, unless something else is asked for. */
export function requestOf(
  { request_metadata: metadata, ...named }: Given,
  { resource = "orders", action = "approve" }: Partial<Asked> = {},
): RequestAttributes {
  return {
    resource,
    action,
    // oxlint-disable typescript/no-unsafe-type-assertion -- values of wrong types are what tests ask about
    named: new Map(Object.entries(named) as [string, AttributeInput][]),
    metadata: (metadata ?? {}) as Record<string, unknown>,
    // oxlint-enable typescript/no-unsafe-type-assertion
  };
}

/** What policies of equal priority say about a request. */
export function decide(
  documents: readonly PolicyDocument[],
  given: Given,
  asked?: Partial<Asked>,
): DecisionResult {
  return planOf(documents.map((document) => ({ document }))).decide(requestOf(given, asked));
}

/** The truth of one condition, told from what an Allow rule with it does. */
export function truthOf(condition: Condition, given: Given): "T" | "F" | "E" {
  const document = policy([{ rule_id: "rule", effect: "Allow", conditions: [condition] }], "Deny");
  const { decision } = decide([document], given);
  return ({ Allow: "T", Deny: "F", Indeterminate: "E", NotApplicable: "F" } as const)[decision];
}

/** What the rules of a policy come to before any default. */
export type RuleOutcome = "Allow" | "Deny" | "NotApplicable" | "P" | "D" | "DP";

const outcomeByDefaults: Readonly<Record<string, RuleOutcome>> = {
  "Allow Allow": "Allow",
  "Deny Deny": "Deny",
  "Allow Deny": "NotApplicable",
  "Allow Indeterminate": "P",
  "Indeterminate Deny": "D",
  "Indeterminate Indeterminate": "DP",
};

/** Tells that outcome from the decisions with `default: Allow` and with `default: Deny`. */
export function outcomeOfRules(
  rules: readonly PolicyRule[],
  given: Given,
  asked?: Partial<Asked>,
): RuleOutcome {
  const [allowing, denying] = (["Allow", "Deny"] as const).map(
    (fallback) => decide([policy(rules, fallback)], given, asked).decision,
  );
  const outcome = outcomeByDefaults[`${allowing} ${denying}`];
  if (outcome === undefined) {
    throw new Error(`no outcome gives ${allowing} and ${denying}`);
  }
  return outcome;
}
