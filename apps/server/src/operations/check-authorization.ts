import {
  type AuthorizeRequest,
  type Decision,
  type Explanation,
  type NoParameters,
  reasonMessages,
  type Routes,
  type Scope,
  type WorkspacePath,
} from "@byot/api-contract";
import { type CheckDecision, type CheckRequest, explainDecision } from "@byot/authorizer";
import type { ApiKeyRecord } from "@byot/storage";
import { describeDetermining, describeErrors, describeMisses } from "./explanation.js";
import { hasScope } from "../access/granted-scopes.js";
import type { Invocation, OperationOf } from "./operation.js";
import { done, type OperationProblem, refused } from "./outcome.js";
import type { Services } from "./services.js";

type AuthorizeInvocation = Invocation<WorkspacePath, NoParameters, AuthorizeRequest>;

/** Decides one question for the holder of a token. */
export function checkAuthorization(
  services: Pick<Services, "authorizer">,
): OperationOf<Routes["decisions"]["authorize"]> {
  return async (invocation) => {
    const { resource, action, explain } = invocation.body;
    const problem = findOverreach(invocation);
    if (problem !== undefined) {
      return refused(problem);
    }
    const checked = await services.authorizer.check(checkRequest(invocation));
    if (!checked.ok) {
      return refused(checked.error);
    }
    const explanation = explain
      ? describeExplanation(checked.value, { resource, action })
      : undefined;
    return done({ answer: { data: describeDecision(checked.value, explanation) } });
  };
}

/** What is asked for beyond what the caller's key permits, or `undefined`. */
function findOverreach({
  body: { explain, clientIp },
  apiKey,
}: AuthorizeInvocation): OperationProblem | undefined {
  if (explain && !mayDo(apiKey, "decisions:explain")) {
    const detail = "an explanation needs an API key with the scope `decisions:explain`";
    return { code: "explain_not_permitted", detail };
  }
  if (clientIp !== undefined && !mayDo(apiKey, "decisions:client_ip")) {
    const detail = "the user's address needs an API key with the scope `decisions:client_ip`";
    return { code: "client_ip_not_permitted", detail };
  }
  return undefined;
}

function mayDo(apiKey: ApiKeyRecord | undefined, scope: Scope): boolean {
  return apiKey !== undefined && hasScope(apiKey, scope);
}

function checkRequest(invocation: AuthorizeInvocation): CheckRequest {
  const { path, body, apiKey, requestId, connectionIp } = invocation;
  return {
    token: body.token,
    resource: body.resource,
    action: body.action,
    context: body.context,
    workspaceId: path.workspace,
    requestId,
    hasApiKey: apiKey !== undefined,
    ...(body.explain ? { explain: detailFor(apiKey) } : {}),
    ...(body.minRevision === undefined ? {} : { minRevision: body.minRevision }),
    ...(body.clientIp === undefined ? {} : { clientIp: body.clientIp }),
    ...(connectionIp === undefined ? {} : { connectionIp, source: connectionIp }),
  };
}

// Values are claims of a person and contents of policies: for those who may read the configuration.
function detailFor(apiKey: ApiKeyRecord | undefined): "with_values" | "without_values" {
  return mayDo(apiKey, "config:read") ? "with_values" : "without_values";
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
