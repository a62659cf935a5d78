import type { AuthzenDecision, EvaluationsSemantic } from "@byot/api-contract";
import { done, type Outcome } from "../outcome.js";

/** Answers one question, whatever it takes. */
export type Evaluation = () => Promise<Outcome<AuthzenDecision>>;

/** After which answer the rest is not asked for. */
const lastAnswer: Readonly<Record<EvaluationsSemantic, boolean | undefined>> = {
  execute_all: undefined,
  deny_on_first_deny: false,
  permit_on_first_permit: true,
};

/**
 * Answers questions in their order, as many as the semantic wants. What is no answer but a failure ends it all.
 */
export async function evaluateQuestions(
  evaluations: readonly Evaluation[],
  semantic: EvaluationsSemantic,
): Promise<Outcome<readonly AuthzenDecision[]>> {
  const last = lastAnswer[semantic];
  return last === undefined
    ? collect(await Promise.all(evaluations.map((evaluate) => evaluate())))
    : evaluateUntil(evaluations, last);
}

function collect(
  outcomes: readonly Outcome<AuthzenDecision>[],
): Outcome<readonly AuthzenDecision[]> {
  const decisions: AuthzenDecision[] = [];
  for (const outcome of outcomes) {
    if (!outcome.ok) {
      return outcome;
    }
    decisions.push(outcome.value);
  }
  return done(decisions);
}

async function evaluateUntil(
  evaluations: readonly Evaluation[],
  last: boolean,
): Promise<Outcome<readonly AuthzenDecision[]>> {
  const decisions: AuthzenDecision[] = [];
  for (const evaluate of evaluations) {
    // oxlint-disable-next-line no-await-in-loop -- whether the next question is asked depends on this answer
    const outcome = await evaluate();
    if (!outcome.ok) {
      return outcome;
    }
    decisions.push(outcome.value);
    if (outcome.value.decision === last) {
      break;
    }
  }
  return done(decisions);
}
