import type { ResolvedRequest } from "../conditions/attribute-slots.js";
import type { CompiledCondition, CompiledGroup } from "../conditions/compiled-condition.js";
import type { RuleAnswer } from "./combining-algorithms.js";
import type { ConditionError } from "./decision-result.js";
import { DecisiveTest, type GroupPlace } from "./decisive-test.js";
import type { Evaluation, GroupEvaluation } from "./evaluate-policies.js";

/** The rule or target that cannot be evaluated and whose conditions are being walked. */
interface Walk {
  readonly request: ResolvedRequest;
  readonly place: Pick<ConditionError, "policyId" | "ruleId">;
}

/** How far down the walk has come. */
interface Step {
  readonly path: string;
  /** Whether the rule and every group around the condition are open because of their members. */
  readonly decisive: boolean;
}

/**
 * Lists every leaf that is an error inside a rule or a target that is one, tiers from the highest, then in
 * document order. Nothing depends on where an evaluation happened to stop.
 */
export function collectErrors(
  evaluation: Evaluation,
  request: ResolvedRequest,
  leaveOpen: boolean,
): ConditionError[] {
  const errors: ConditionError[] = [];
  const test = new DecisiveTest(evaluation, leaveOpen);
  for (const [tier, { groups }] of evaluation.tiers.entries()) {
    for (const said of groups) {
      for (const error of said.isOpen ? groupErrors({ tier, said }, request, test) : []) {
        errors.push(error);
      }
    }
  }
  return errors;
}

function groupErrors(
  place: GroupPlace,
  request: ResolvedRequest,
  test: DecisiveTest,
): ConditionError[] {
  const { said } = place;
  const isDecisive = test.rules(place);
  const ofTarget = said.target === "E" ? targetErrors(said, request, test.target(place)) : [];
  const ofRules = said.answers.flatMap((answer, index) =>
    answer.certain ? [] : ruleErrors(answer, request, isDecisive(index)),
  );
  return [...ofTarget, ...ofRules];
}

function targetErrors(
  { group }: GroupEvaluation,
  request: ResolvedRequest,
  decisive: boolean,
): ConditionError[] {
  const [{ id: policyId }] = group.policies;
  const walk = { request, place: { policyId, ruleId: null } };
  return group.target === undefined
    ? []
    : explainMembers(walk, group.target, { path: "target", decisive });
}

function ruleErrors(
  { placed: { policy, rule } }: RuleAnswer,
  request: ResolvedRequest,
  decisive: boolean,
): ConditionError[] {
  const walk = { request, place: { policyId: policy.id, ruleId: rule.id } };
  return explainMembers(walk, rule.condition, { path: "conditions", decisive });
}

function explainMembers(
  walk: Walk,
  { members }: CompiledGroup,
  { path, decisive }: Step,
): ConditionError[] {
  return members.flatMap((member, index) =>
    explain(walk, member, { path: `${path}/${index}`, decisive }),
  );
}

function explain(
  walk: Walk,
  condition: CompiledCondition,
  { path, decisive }: Step,
): ConditionError[] {
  if (condition.kind === "group") {
    const isOpenToo = condition.evaluate(walk.request) === "E";
    const step = { path: `${path}/conditions`, decisive: decisive && isOpenToo };
    return explainMembers(walk, condition, step);
  }
  return condition
    .explainErrors(walk.request)
    .map((failure) => ({ ...failure, ...walk.place, path, decisive }));
}
