import type {
  ApiKeyAnswer,
  DataAnswer,
  NewApiKeyAnswer,
  NewApiKeyBody,
  NoParameters,
  Routes,
  WorkspacePath,
} from "@byot/api-contract";
import { type ApiKeyRecord, StorageError } from "@byot/storage";
import { createApiKey } from "../access/api-key.js";
import { hasScope } from "../access/granted-scopes.js";
import { changeOrigin } from "./change-origin.js";
import { existingWorkspace, unknownWorkspace } from "./existing-workspace.js";
import { listPage } from "./list-page.js";
import type { Answered, Invocation, OperationsOf } from "./operation.js";
import { done, type OperationProblem, type Outcome, refused } from "./outcome.js";
import type { Services } from "./services.js";

/** The operations on API keys. */
export function apiKeyOperations(services: Services): OperationsOf<Routes["apiKeys"]> {
  const { storage, clock } = services;
  return {
    async list({ path, query }) {
      const workspace = await existingWorkspace(storage, path.workspace);
      return workspace.ok
        ? listPage(storage.apiKeys.list(path.workspace, query), describe)
        : workspace;
    },
    create: (invocation) => createKey(services, invocation),
    async revoke(invocation) {
      const { path } = invocation;
      const workspace = await existingWorkspace(storage, path.workspace);
      if (!workspace.ok) {
        return workspace;
      }
      const record = await storage.apiKeys.find(path.key);
      if (record?.workspaceId !== path.workspace) {
        const detail = `the workspace has no API key \`${path.key}\``;
        return refused({ code: "api_key_unknown", detail });
      }
      await storage.apiKeys.revoke(record.id, clock(), changeOrigin(invocation));
      return done({ answer: undefined });
    },
  };
}

async function createKey(
  { storage, clock, randomBytes }: Services,
  invocation: Invocation<WorkspacePath, NoParameters, NewApiKeyBody>,
): Promise<Outcome<Answered<DataAnswer<NewApiKeyAnswer>>>> {
  const { body, path, apiKey: creator } = invocation;
  const { name, scopes, expiresAt } = body;
  const workspaceId = path.workspace;
  const beyond = scopes.find((scope) => creator === undefined || !hasScope(creator, scope));
  if (beyond !== undefined) {
    const detail = `the key that creates this one does not have the scope \`${beyond}\``;
    return refused({ code: "scope_not_grantable", detail });
  }
  const expiry = expiresAt === undefined ? undefined : new Date(expiresAt);
  const problem = checkExpiry(expiry, clock(), creator?.expiresAt);
  if (problem !== undefined) {
    return refused(problem);
  }
  const { key, id, secretHash } = createApiKey(randomBytes);
  const record: ApiKeyRecord = {
    id,
    secretHash,
    name,
    scopes,
    workspaceId,
    createdAt: clock(),
    ...(expiry === undefined ? {} : { expiresAt: expiry }),
  };
  try {
    await storage.apiKeys.create(record, changeOrigin(invocation));
  } catch (error) {
    if (error instanceof StorageError && error.code === "NOT_FOUND") {
      return refused(unknownWorkspace(workspaceId));
    }
    throw error;
  }
  return done({ answer: { data: { ...describe(record), key } } });
}

function checkExpiry(
  expiry: Date | undefined,
  now: Date,
  creatorsExpiry: Date | undefined,
): OperationProblem | undefined {
  if (expiry !== undefined && expiry <= now) {
    const message = "must lie in the future";
    const errors = [{ path: "/expiresAt", code: "expired", message }];
    return { code: "request_invalid", detail: `\`/expiresAt\`: ${message}`, errors };
  }
  // Otherwise a key that ends could live on in one that it made.
  return creatorsExpiry !== undefined && (expiry === undefined || expiry > creatorsExpiry)
    ? {
        code: "expiry_not_grantable",
        detail: "the key that creates this one ends earlier; give an `expiresAt` up to its end",
      }
    : undefined;
}

function describe({
  id,
  name,
  scopes,
  createdAt,
  expiresAt,
  revokedAt,
}: ApiKeyRecord): ApiKeyAnswer {
  return {
    id,
    name,
    scopes,
    createdAt: createdAt.toISOString(),
    ...(expiresAt === undefined ? {} : { expiresAt: expiresAt.toISOString() }),
    ...(revokedAt === undefined ? {} : { revokedAt: revokedAt.toISOString() }),
  };
}
