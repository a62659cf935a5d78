import type {
  DataAnswer,
  DeleteWorkspaceQuery,
  NewWorkspaceBody,
  Routes,
  StoredAnswer,
  WorkspaceAnswer,
} from "@byot/api-contract";
import { StorageError, type WorkspaceConfiguration, type WorkspaceInput } from "@byot/storage";
import { changeWorkspace } from "./change-workspace.js";
import { existingWorkspace } from "./existing-workspace.js";
import { staleVersion } from "./collection.js";
import { listPage } from "./list-page.js";
import type { Answered, OperationsOf } from "./operation.js";
import { done, type OperationProblem, type Outcome, refused } from "./outcome.js";
import type { Services } from "./services.js";
import { storedAnswer, writtenAnswer } from "./stored-answer.js";

/** The operations on workspaces. */
export function workspaceOperations(services: Services): OperationsOf<Routes["workspaces"]> {
  const { workspaces } = services.storage;
  return {
    list: ({ query }) =>
      listPage(workspaces.list(query), (record) => describe(record, storedAnswer(record))),
    create: ({ body }) => createWorkspace(services, body),
    async read({ path }) {
      const workspace = await existingWorkspace(services.storage, path.workspace);
      if (!workspace.ok) {
        return workspace;
      }
      const data = describe(workspace.value, storedAnswer(workspace.value));
      return done({ answer: { data }, version: workspace.value.version });
    },
    replace: ({ path, body, expectedVersion }) =>
      changeWorkspace(services, path.workspace, ({ workspace }) => {
        if (workspace.version !== expectedVersion) {
          return refused(staleVersion(expectedVersion, workspace.version));
        }
        const value: WorkspaceInput = { ...body, id: path.workspace };
        return done({
          writes: [{ operation: "put", kind: "workspace", value, expectedVersion }],
          describe: (written) => ({
            answer: { data: describe(value, writtenAnswer(written, workspace)) },
            version: written.version,
          }),
        });
      }),
    remove: ({ path, query, expectedVersion }) =>
      changeWorkspace(services, path.workspace, (configuration) => {
        const problem = checkDeletion(configuration, expectedVersion, query);
        return problem === undefined
          ? done({
              writes: [
                { operation: "delete", kind: "workspace", key: path.workspace, expectedVersion },
              ],
              describe: () => ({ answer: undefined }),
            })
          : refused(problem);
      }),
  };
}

async function createWorkspace(
  { storage, clock }: Services,
  value: NewWorkspaceBody,
): Promise<Outcome<Answered<DataAnswer<WorkspaceAnswer>>>> {
  const at = clock();
  try {
    const version = await storage.apply({
      workspaceId: value.id,
      at,
      writes: [{ operation: "put", kind: "workspace", value, expectedVersion: null }],
    });
    return done({ answer: { data: describe(value, writtenAnswer({ version, at })) }, version });
  } catch (error) {
    if (error instanceof StorageError && error.code === "ALREADY_EXISTS") {
      const detail = `there is already a workspace \`${value.id}\``;
      return refused({ code: "already_exists", detail });
    }
    throw error;
  }
}

function checkDeletion(
  { workspace, providers, policies, resources, permissions }: WorkspaceConfiguration,
  expectedVersion: number,
  { cascade }: DeleteWorkspaceQuery,
): OperationProblem | undefined {
  if (workspace.version !== expectedVersion) {
    return staleVersion(expectedVersion, workspace.version);
  }
  const counts = [
    [providers.length, "providers"],
    [policies.length, "policies"],
    [resources.length, "resources"],
    [permissions.length, "permissions"],
  ] as const;
  const left = counts.filter(([count]) => count > 0).map(([count, name]) => `${count} ${name}`);
  return cascade || left.length === 0
    ? undefined
    : { code: "workspace_not_empty", detail: `the workspace still has ${left.join(", ")}` };
}

function describe({ id, name, settings }: WorkspaceInput, stored: StoredAnswer): WorkspaceAnswer {
  return { id, name, settings, ...stored };
}
