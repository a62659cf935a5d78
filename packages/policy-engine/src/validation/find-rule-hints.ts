import { attributeLabel } from "../conditions/attribute-reference.js";
import type {
  Condition,
  LeafCondition,
  PolicyRule,
  PolicySpecification,
} from "../document/policy-document.js";
import { type DocumentPath, quote } from "../document/policy-problem.js";
import { groupByAttribute, isContradiction } from "./contradictions.js";
import { hint, type LocatedFinding } from "./finding.js";

const mostTargetWork = 2_000;

/** What is worth a look in the rules of a policy as wholes, and in what it answers without them. */
export function findRuleHints(
  specification: PolicySpecification,
  path: DocumentPath,
): LocatedFinding[] {
  const { rules, target = [], default: fallback } = specification;
  const earlier = new Map<string, string>();
  const neverAllows =
    fallback?.effect !== "Allow" &&
    specification.combining !== "allow_unless_deny" &&
    rules.length > 0 &&
    !rules.some(({ effect }) => effect === "Allow");
  // A target is held against each rule; where that would be work without end, only the rule is looked at.
  const shared = target.length * rules.length > mostTargetWork ? [] : target;
  return [
    ...(neverAllows ? [hint("POLICY_NEVER_ALLOWS", path, "no rule and no default allows")] : []),
    ...rules.flatMap((rule, index) => {
      const place = [...path, "rules", index];
      const text = canonicalText(rule);
      const twin = earlier.get(text);
      earlier.set(text, twin ?? rule.rule_id);
      return [
        ...(twin === undefined
          ? []
          : [hint("RULE_REDUNDANT", place, `says the same as the rule ${quote(twin)}`)]),
        ...findContradiction([...shared, ...(rule.conditions ?? [])], place),
        ...(isUnconditionalAllow(rule, target)
          ? [hint("RULE_UNCONDITIONAL_ALLOW", place, "allows whatever the request is")]
          : []),
      ];
    }),
    ...(fallback?.effect === "Allow"
      ? [hint("DEFAULT_ALLOW", [...path, "default"], "allows wherever no rule decides")]
      : []),
  ];
}

function findContradiction(conditions: readonly Condition[], path: DocumentPath): LocatedFinding[] {
  const clash = [...groupByAttribute(conjunctionOf(conditions)).values()].find(isContradiction);
  const [first] = clash ?? [];
  return first === undefined
    ? []
    : [
        hint(
          "RULE_NEVER_APPLIES",
          path,
          `no value of ${quote(attributeLabel(first))} meets all conditions on it`,
        ),
      ];
}

/** The conditions on one attribute that all have to hold. */
function conjunctionOf(conditions: readonly Condition[]): readonly LeafCondition[] {
  return conditions.flatMap((condition) => {
    if (!("conditions" in condition)) {
      return [condition];
    }
    return condition.function === "all_of" ? conjunctionOf(condition.conditions) : [];
  });
}

function isUnconditionalAllow(
  { effect, conditions = [] }: PolicyRule,
  target: readonly Condition[],
): boolean {
  return effect === "Allow" && conditions.length === 0 && target.length === 0;
}

// Everything but what people read; the parser has put the properties in one order.
function canonicalText({
  effect,
  conditions = [],
  obligations = [],
  advice = [],
}: PolicyRule): string {
  return JSON.stringify([effect, conditions, obligations, advice]);
}
