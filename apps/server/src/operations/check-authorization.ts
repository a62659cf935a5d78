import type {
  AuthorizeBatchRequest,
  AuthorizeRequest,
  Decision,
  NoParameters,
  Routes,
  WorkspacePath,
} from "@byot/api-contract";
import type { BatchCheckRequest, CheckDecision, CheckQuestion } from "@byot/authorizer";
import { checkOrigin, findOverreach, mayReadValues } from "./check-rights.js";
import { describeDecision, describeExplanation } from "./describe-decision.js";
import type { Invocation, OperationOf } from "./operation.js";
import { done, refused } from "./outcome.js";
import type { Services } from "./services.js";

/** Decides one question for the holder of a token. */
export function checkAuthorization({
  authorizer,
}: Pick<Services, "authorizer">): OperationOf<Routes["decisions"]["authorize"]> {
  return async (invocation) => {
    const { resource, action, context, ...options } = invocation.body;
    const problem = findOverreach(options, invocation.apiKey);
    if (problem !== undefined) {
      return refused(problem);
    }
    const question = { resource, action, context };
    const checked = await authorizer.check({ ...requestOf(invocation), ...question });
    return checked.ok
      ? done({ answer: { data: describe(checked.value, question, options) } })
      : refused(checked.error);
  };
}

/** Decides several questions for the holder of one token, on one revision. */
export function checkAuthorizations({
  authorizer,
}: Pick<Services, "authorizer">): OperationOf<Routes["decisions"]["authorizeBatch"]> {
  return async (invocation) => {
    const { checks, ...options } = invocation.body;
    const problem = findOverreach(options, invocation.apiKey);
    if (problem !== undefined) {
      return refused(problem);
    }
    const checked = await authorizer.checkBatch({ ...requestOf(invocation), checks });
    if (!checked.ok) {
      return refused(checked.error);
    }
    const { revision, decisions } = checked.value;
    const described = checks.flatMap((question, index) => {
      const decision = decisions[index];
      return decision === undefined ? [] : [describe(decision, question, options)];
    });
    return done({ answer: { data: { revision, decisions: described } } });
  };
}

type AnyCheck = Omit<AuthorizeRequest | AuthorizeBatchRequest, "checks">;

/** What is the same for one question and for several. */
function requestOf(
  invocation: Invocation<WorkspacePath, NoParameters, AnyCheck>,
): Omit<BatchCheckRequest, "checks"> {
  const { token, explain, minRevision, clientIp } = invocation.body;
  const detail = mayReadValues(invocation.apiKey) ? "with_values" : "without_values";
  return {
    ...checkOrigin(invocation),
    token,
    ...(minRevision === undefined ? {} : { minRevision }),
    ...(clientIp === undefined ? {} : { clientIp }),
    ...(explain ? { explain: detail } : {}),
  };
}

function describe(
  decision: CheckDecision,
  question: CheckQuestion,
  { explain }: Pick<AuthorizeRequest, "explain">,
): Decision {
  return describeDecision(decision, explain ? describeExplanation(decision, question) : undefined);
}
