import { type AuthzenDecision, authzenRoutes } from "@byot/api-contract";
import type { CheckOrigin, SubjectDecision } from "@byot/authorizer";
import { describeObligations } from "../describe-decision.js";
import { done, type Outcome, refused } from "../outcome.js";
import type { Services } from "../services.js";
import type { AuthzenQuestion } from "./authzen-question.js";

/** Decides one question of AuthZEN. */
export async function evaluateQuestion(
  { authorizer }: Pick<Services, "authorizer">,
  origin: CheckOrigin,
  { about, ...question }: AuthzenQuestion,
): Promise<Outcome<AuthzenDecision>> {
  const checked =
    about.kind === "token"
      ? await authorizer.check({ ...origin, ...question, token: about.token })
      : await authorizer.checkSubject({ ...origin, ...question, ...about });
  return checked.ok ? done(describe(checked.value)) : refused(checked.error);
}

// A caller has to see its duties; it may compare everything else with `{ "decision": true }` to the letter.
function describe({ allowed, obligations }: SubjectDecision): AuthzenDecision {
  return obligations.length === 0
    ? { decision: allowed }
    : authzenRoutes.evaluation.answer.parse({
        decision: allowed,
        context: { obligations: describeObligations(obligations) },
      });
}
