import { type Decision, type Explanation, reasonMessages, type Routes } from "@byot/api-contract";
import { type CheckDecision, type CheckRefusal, explainDecision } from "@byot/authorizer";
import type { ApiKeyRecord } from "@byot/storage";
import { describeDetermining, describeErrors, describeMisses } from "./explanation.js";
import { hasScope } from "../access/granted-scopes.js";
import type { OperationOf } from "./operation.js";
import { done, type OperationProblem, refused } from "./outcome.js";
import type { Services } from "./services.js";

/** Decides one question for the holder of a token. */
export function checkAuthorization(
  services: Pick<Services, "authorizer">,
): OperationOf<Routes["decisions"]["authorize"]> {
  return async ({ path, body, apiKey, requestId }) => {
    const { token, resource, action, context, explain } = body;
    if (explain && !mayExplain(apiKey)) {
      const detail = "an explanation needs an API key with the scope `decisions:explain`";
      return refused({ code: "explain_not_permitted", detail });
    }
    const checked = await services.authorizer.check({
      workspaceId: path.workspace,
      token,
      resource,
      action,
      context,
      requestId,
      hasApiKey: apiKey !== undefined,
      ...(explain ? { explain: detailFor(apiKey) } : {}),
    });
    if (!checked.ok) {
      return refused(describeRefusal(checked.error));
    }
    const explanation = explain
      ? describeExplanation(checked.value, { resource, action })
      : undefined;
    return done({ answer: { data: describeDecision(checked.value, explanation) } });
  };
}

function mayExplain(apiKey: ApiKeyRecord | undefined): boolean {
  return apiKey !== undefined && hasScope(apiKey, "decisions:explain");
}

// Values are claims of a person and contents of policies: for those who may read the configuration.
function detailFor(apiKey: ApiKeyRecord | undefined): "with_values" | "without_values" {
  return apiKey !== undefined && hasScope(apiKey, "config:read") ? "with_values" : "without_values";
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
    nearestMisses: describeMisses(decision.nearestMisses),
    ...(decision.trace === undefined ? {} : { trace: decision.trace }),
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
    obligations: decision.obligations.map(({ id, on, attributes }) => ({ id, on, attributes })),
    ...(explanation === undefined ? {} : { explanation }),
  };
}
