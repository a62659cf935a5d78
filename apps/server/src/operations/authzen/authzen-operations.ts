import {
  authzenEvaluationSchema,
  type AuthzenEvaluations,
  type AuthzenMetadata,
  type AuthzenParts,
  type AuthzenRoutes,
  type NoParameters,
  type WorkspacePath,
} from "@byot/api-contract";
import { validate } from "../../http/validate.js";
import { checkOrigin, mayDo } from "../check-rights.js";
import { existingWorkspace } from "../existing-workspace.js";
import type { Invocation, OperationOf, OperationsOf } from "../operation.js";
import { done, type OperationProblem, type Outcome, refused } from "../outcome.js";
import type { Services } from "../services.js";
import { type AuthzenQuestion, readQuestion } from "./authzen-question.js";
import { evaluateQuestion } from "./evaluate-question.js";
import { type Evaluation, evaluateQuestions } from "./evaluate-questions.js";

type AuthzenServices = Pick<Services, "authorizer" | "storage" | "publicUrl">;

/** The operations of the AuthZEN Authorization API 1.0. */
export function authzenOperations(services: AuthzenServices): OperationsOf<AuthzenRoutes> {
  const evaluation = evaluateOne(services);
  const evaluations = evaluateSeveral(services);
  return {
    evaluation,
    evaluations: async (invocation) => {
      const { evaluations: items, options: _, ...parts } = invocation.body;
      if (items.length > 0) {
        return evaluations(invocation);
      }
      const body = validate(authzenEvaluationSchema, parts);
      return body.ok ? evaluation({ ...invocation, body: body.value }) : body;
    },
    metadata: describePlaces(services),
  };
}

function evaluateOne(services: AuthzenServices): OperationOf<AuthzenRoutes["evaluation"]> {
  return async (invocation) => {
    const question = readQuestion(invocation.body, invocation.subjectToken);
    if (!question.ok) {
      return question;
    }
    const problem = findOverreach([question.value], invocation);
    if (problem !== undefined) {
      return refused(problem);
    }
    const decided = await evaluateQuestion(services, checkOrigin(invocation), question.value);
    return decided.ok ? done({ answer: decided.value }) : decided;
  };
}

type EvaluationsInvocation = Invocation<WorkspacePath, NoParameters, AuthzenEvaluations>;

function evaluateSeveral(services: AuthzenServices): OperationOf<AuthzenRoutes["evaluations"]> {
  return async (invocation) => {
    const questions = readQuestions(invocation);
    const readable = questions.flatMap((each) => (each.ok ? [each.value] : []));
    const problem = findOverreach(readable, invocation);
    if (problem !== undefined) {
      return refused(problem);
    }
    const origin = checkOrigin(invocation);
    const decided = await evaluateQuestions(
      questions.map(
        (question): Evaluation =>
          async () =>
            denyBad(
              question.ok ? await evaluateQuestion(services, origin, question.value) : question,
            ),
      ),
      invocation.body.options.evaluations_semantic,
    );
    return decided.ok ? done({ answer: { evaluations: decided.value } }) : decided;
  };
}

/** Each item with what stands beside the items in the place of what it lacks, entity by entity. */
function readQuestions({
  body,
  subjectToken,
}: EvaluationsInvocation): readonly Outcome<AuthzenQuestion>[] {
  const { evaluations, options: _, ...defaults } = body;
  return evaluations.map((item) => {
    const parts: AuthzenParts = { ...defaults, ...item };
    const read = validate(authzenEvaluationSchema, parts);
    return read.ok ? readQuestion(read.value, subjectToken) : read;
  });
}

/** What is wrong with one item is a Deny of that item; whatever else went wrong is nobody's answer. */
function denyBad<Decision>(
  outcome: Outcome<Decision>,
): Outcome<Decision | { readonly decision: false }> {
  return outcome.ok || !isOfItem(outcome.problem) ? outcome : done({ decision: false });
}

function isOfItem({ code }: OperationProblem): boolean {
  return code === "request_invalid" || code.startsWith("token_");
}

function findOverreach(
  questions: readonly AuthzenQuestion[],
  { apiKey }: Pick<EvaluationsInvocation, "apiKey">,
): OperationProblem | undefined {
  const isPermitted =
    mayDo(apiKey, "decisions:subject") || questions.every(({ about }) => about.kind === "token");
  return isPermitted
    ? undefined
    : {
        code: "subject_not_permitted",
        detail: "a subject without token needs an API key with the scope `decisions:subject`",
      };
}

/** Where a workspace's other two operations are; only where the server is reached by https. */
function describePlaces({
  storage,
  publicUrl,
}: AuthzenServices): OperationOf<AuthzenRoutes["metadata"]> {
  return async ({ path }) => {
    if (publicUrl?.startsWith("https:") !== true) {
      const detail = "the server has no `BYOT_PUBLIC_URL` by https that it could name";
      return refused({ code: "route_unknown", detail });
    }
    const workspace = await existingWorkspace(storage, path.workspace);
    if (!workspace.ok) {
      return workspace;
    }
    const base = `${publicUrl}/authzen/${encodeURIComponent(path.workspace)}`;
    const answer: AuthzenMetadata = {
      policy_decision_point: base,
      access_evaluation_endpoint: `${base}/access/v1/evaluation`,
      access_evaluations_endpoint: `${base}/access/v1/evaluations`,
    };
    return done({ answer });
  };
}
