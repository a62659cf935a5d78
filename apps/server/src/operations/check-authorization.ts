import { type Decision, type Explanation, reasonMessages, type Routes } from "@byot/api-contract";
import { type CheckDecision, type CheckRefusal, explainDecision } from "@byot/authorizer";
import type { ApiKeyRecord } from "@byot/storage";
import { describeDetermining, describeErrors } from "./explanation.js";
import { hasScope } from "../access/granted-scopes.js";
import { unknownWorkspace } from "./change-workspace.js";
import type { OperationOf } from "./operation.js";
import { done, type OperationProblem, refused } from "./outcome.js";
import type { Services } from "./services.js";

/** Decides one question for the holder of a token. */
export function checkAuthorization(
  services: Services,
): OperationOf<Routes["decisions"]["authorize"]> {
  return async ({ path, body, apiKey, requestId }) => {
    const problem = await checkAccess(services, path.workspace, { apiKey, explain: body.explain });
    if (problem !== undefined) {
      return refused(problem);
    }
    const { token, resource, action, context } = body;
    const checked = await services.authorizer.check({
      workspaceId: path.workspace,
      token,
      resource,
      action,
      context,
      requestId,
    });
    if (!checked.ok) {
      return refused(describeRefusal(checked.error));
    }
    const explanation = body.explain
      ? describeExplanation(checked.value, { resource, action })
      : undefined;
    return done({ answer: { data: describeDecision(checked.value, explanation) } });
  };
}

async function checkAccess(
  { snapshots }: Services,
  workspaceId: string,
  { apiKey, explain }: { readonly apiKey: ApiKeyRecord | undefined; readonly explain: boolean },
): Promise<OperationProblem | undefined> {
  const snapshot = await snapshots.find(workspaceId);
  if (snapshot === undefined) {
    return unknownWorkspace(workspaceId);
  }
  if (snapshot.settings.checksRequireApiKey && apiKey === undefined) {
    return { code: "api_key_missing", detail: "this workspace requires an API key for checks" };
  }
  if (explain && (apiKey === undefined || !hasScope(apiKey, "decisions:explain"))) {
    const detail = "an explanation needs an API key with the scope `decisions:explain`";
    return { code: "explain_not_permitted", detail };
  }
  return undefined;
}

function describeRefusal(refusal: CheckRefusal): OperationProblem {
  if (refusal.code === "audit_unavailable") {
    return { code: refusal.code, detail: refusal.detail, retryAfterSeconds: 1 };
  }
  return refusal;
}

function describeExplanation(
  decision: CheckDecision,
  asked: { readonly resource: string; readonly action: string },
): Explanation {
  return {
    summary: explainDecision({ ...decision, ...asked }),
    determining: describeDetermining(decision.determining),
    errors: describeErrors(decision.errors),
    missing: decision.missing,
  };
}

function describeDecision(decision: CheckDecision, explanation: Explanation | undefined): Decision {
  return {
    allowed: decision.allowed,
    decision: decision.decision,
    reason: { code: decision.reason, message: reasonMessages[decision.reason] },
    decisionId: decision.decisionId,
    revision: decision.revision,
    evaluatedAt: decision.evaluatedAt.toISOString(),
    tokenExpiresAt: decision.tokenExpiresAt.toISOString(),
    obligations: [],
    ...(explanation === undefined ? {} : { explanation }),
  };
}
