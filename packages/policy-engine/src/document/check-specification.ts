import { checkLeaf } from "./check-leaf.js";
import { maximumPolicyWeight, policyWeight } from "../conditions/condition-weight.js";
import type { Condition, PolicySpecification } from "./policy-document.js";
import { type DocumentPath, type LocatedProblem, quote } from "./policy-problem.js";

/** How many groups may lie in one another. */
const maximumNesting = 16;

/** Finds what the structure alone cannot tell: repeated ids, groups too deep, options that do not go together. */
export function checkSpecification(
  specification: PolicySpecification,
  path: DocumentPath,
): LocatedProblem[] {
  const weight = policyWeight(specification);
  // Nothing else is looked at then: looking is the work that the limit is there to bound.
  return weight > maximumPolicyWeight ? [tooHeavy(path)] : checkParts(specification, path);
}

function checkParts(
  { target = [], rules }: PolicySpecification,
  path: DocumentPath,
): LocatedProblem[] {
  const seen = new Set<string>();
  const inRules = rules.flatMap(({ rule_id: id, conditions = [] }, index) => {
    const place = [...path, "rules", index];
    const problems = seen.has(id) ? [duplicateRule(id, place)] : [];
    seen.add(id);
    return [...problems, ...checkConditions(conditions, [...place, "conditions"], 0)];
  });
  return [...checkConditions(target, [...path, "target"], 0), ...inRules];
}

function checkConditions(
  conditions: readonly Condition[],
  path: DocumentPath,
  nesting: number,
): LocatedProblem[] {
  return conditions.flatMap((condition, index) => {
    const place = [...path, index];
    if (!("conditions" in condition)) {
      return checkLeaf(condition, place);
    }
    return nesting === maximumNesting
      ? [tooDeep(place)]
      : checkConditions(condition.conditions, [...place, "conditions"], nesting + 1);
  });
}

function duplicateRule(id: string, path: DocumentPath): LocatedProblem {
  return {
    path: [...path, "rule_id"],
    code: "DUPLICATE_RULE_ID",
    message: `an earlier rule has the id ${quote(id)}`,
  };
}

function tooHeavy(path: DocumentPath): LocatedProblem {
  return {
    path,
    code: "LIMIT_EXCEEDED",
    message: `more than ${maximumPolicyWeight} conditions, of which a pattern counts as many as it is large`,
  };
}

function tooDeep(path: DocumentPath): LocatedProblem {
  return {
    path,
    code: "LIMIT_EXCEEDED",
    message: `groups nested more than ${maximumNesting} deep`,
  };
}
