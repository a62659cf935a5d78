import type {
  DataAnswer,
  DeleteWorkspaceQuery,
  NewWorkspaceBody,
  NoParameters,
  Routes,
  StoredAnswer,
  WorkspaceAnswer,
  WorkspaceBody,
  WorkspacePath,
} from "@byot/api-contract";
import { StorageError, type WorkspaceConfiguration, type WorkspaceInput } from "@byot/storage";
import { changeOrigin } from "./change-origin.js";
import { type ChangePlanner, changeWorkspace } from "./change-workspace.js";
import { checkWorkspaceSettings } from "./check-workspace-settings.js";
import { existingWorkspace } from "./existing-workspace.js";
import { staleVersion } from "./collection.js";
import { listPage } from "./list-page.js";
import type { Answered, Invocation, OperationsOf } from "./operation.js";
import { done, type OperationProblem, type Outcome, refused } from "./outcome.js";
import type { Services } from "./services.js";
import { storedAnswer, writtenAnswer } from "./stored-answer.js";

/** The operations on workspaces. */
export function workspaceOperations(services: Services): OperationsOf<Routes["workspaces"]> {
  const { workspaces } = services.storage;
  return {
    list: ({ query }) =>
      listPage(workspaces.list(query), (record) => describe(record, storedAnswer(record))),
    create: (invocation) => createWorkspace(services, invocation),
    async read({ path }) {
      const workspace = await existingWorkspace(services.storage, path.workspace);
      if (!workspace.ok) {
        return workspace;
      }
      const data = describe(workspace.value, storedAnswer(workspace.value));
      return done({ answer: { data }, version: workspace.value.version });
    },
    replace: (invocation) => changeWorkspace(services, invocation, planReplacement(invocation)),
    remove: (invocation) => changeWorkspace(services, invocation, planDeletion(invocation)),
  };
}

async function createWorkspace(
  { storage, clock }: Services,
  invocation: Invocation<NoParameters, NoParameters, NewWorkspaceBody>,
): Promise<Outcome<Answered<DataAnswer<WorkspaceAnswer>>>> {
  const value = invocation.body;
  const problem = checkWorkspaceSettings(value.settings);
  if (problem !== undefined) {
    return refused(problem);
  }
  const at = clock();
  try {
    const version = await storage.apply({
      ...changeOrigin(invocation),
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

function planReplacement({
  path,
  body,
  expectedVersion,
}: Invocation<WorkspacePath, NoParameters, WorkspaceBody>): ChangePlanner<
  Answered<DataAnswer<WorkspaceAnswer>>
> {
  const value: WorkspaceInput = { ...body, id: path.workspace };
  return ({ workspace }) => {
    if (workspace.version !== expectedVersion) {
      return refused(staleVersion(expectedVersion, workspace.version));
    }
    const problem = checkWorkspaceSettings(value.settings);
    if (problem !== undefined) {
      return refused(problem);
    }
    return done({
      writes: [{ operation: "put", kind: "workspace", value, expectedVersion }],
      describe: (written) => ({
        answer: { data: describe(value, writtenAnswer(written, workspace)) },
        version: written.version,
      }),
    });
  };
}

function planDeletion({
  path,
  query,
  expectedVersion,
}: Invocation<WorkspacePath, DeleteWorkspaceQuery, undefined>): ChangePlanner<Answered<undefined>> {
  return (configuration) => {
    const problem = checkDeletion(configuration, expectedVersion, query);
    return problem === undefined
      ? done({
          writes: [
            { operation: "delete", kind: "workspace", key: path.workspace, expectedVersion },
          ],
          describe: () => ({ answer: undefined }),
        })
      : refused(problem);
  };
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
