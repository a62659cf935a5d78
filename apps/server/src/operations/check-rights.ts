import type { AuthorizeRequest, Scope } from "@byot/api-contract";
import type { CheckOrigin } from "@byot/authorizer";
import type { ApiKeyRecord } from "@byot/storage";
import { hasScope } from "../access/granted-scopes.js";
import type { Invocation } from "./operation.js";
import type { OperationProblem } from "./outcome.js";

/** Whether a caller has shown a key with a scope. */
export function mayDo(apiKey: ApiKeyRecord | undefined, scope: Scope): boolean {
  return apiKey !== undefined && hasScope(apiKey, scope);
}

/** What is asked for beyond what the caller's key permits, or `undefined`. */
export function findOverreach(
  { explain, clientIp }: Pick<AuthorizeRequest, "explain" | "clientIp">,
  apiKey: ApiKeyRecord | undefined,
): OperationProblem | undefined {
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

/** Values are claims of a person and contents of policies: for those who may read the configuration. */
export function mayReadValues(apiKey: ApiKeyRecord | undefined): boolean {
  return mayDo(apiKey, "config:read");
}

type Origin = Pick<
  CheckOrigin,
  "workspaceId" | "requestId" | "hasApiKey" | "connectionIp" | "source"
>;

/** Who asks, as the authorizer wants to know it. */
export function checkOrigin({
  path,
  apiKey,
  requestId,
  connectionIp,
}: Pick<
  Invocation<{ readonly workspace: string }, unknown, unknown>,
  "path" | "apiKey" | "requestId" | "connectionIp"
>): Origin {
  return {
    workspaceId: path.workspace,
    requestId,
    hasApiKey: apiKey !== undefined,
    ...(connectionIp === undefined ? {} : { connectionIp, source: connectionIp }),
  };
}
