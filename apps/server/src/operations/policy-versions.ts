import type { DataAnswer, ItemPath, PolicyAnswer, RollbackBody, Routes } from "@byot/api-contract";
import type { Page, PolicyRecord, WorkspaceRecord } from "@byot/storage";
import { changeWorkspace } from "./change-workspace.js";
import { planReplacement, unknownThing } from "./collection.js";
import type { ConfiguredThing } from "./configured-thing.js";
import { existingWorkspace } from "./existing-workspace.js";
import { listPage } from "./list-page.js";
import type { Answered, Invocation, OperationsOf } from "./operation.js";
import { done, type OperationProblem, type Outcome, refused } from "./outcome.js";
import { type PolicyTypes, readPolicy } from "./policy-thing.js";
import type { Services } from "./services.js";
import { storedAnswer } from "./stored-answer.js";

type VersionOperations = Pick<
  OperationsOf<Routes["policies"]>,
  "versions" | "version" | "rollback"
>;
type PolicyThing = ConfiguredThing<PolicyTypes>;

/** The operations on the versions of policies. Those of an earlier workspace of the same id are not there. */
export function policyVersionOperations(services: Services, thing: PolicyThing): VersionOperations {
  const { storage } = services;
  const answer = (record: PolicyRecord): PolicyAnswer => thing.answer(record, storedAnswer(record));
  return {
    async versions({ path, query }) {
      const workspace = await existingWorkspace(storage, path.workspace);
      if (!workspace.ok) {
        return workspace;
      }
      const listed = await listPage(
        storage.policies
          .listVersions(path.workspace, path.key, query)
          .then((page) => ownVersions(page, workspace.value)),
        answer,
      );
      const isUnknown = query.cursor === undefined && listed.ok && isEmpty(listed.value.answer);
      return isUnknown ? refused(unknownThing(thing, path.key)) : listed;
    },
    async version({ path }) {
      const record = await findVersion(services, thing, path);
      return record.ok
        ? done({ answer: { data: answer(record.value) }, version: record.value.version })
        : record;
    },
    rollback: (invocation) => rollBack(services, thing, invocation),
  };
}

function isEmpty({ data }: DataAnswer<readonly PolicyAnswer[]>): boolean {
  return data.length === 0;
}

// They are kept beyond the end of a workspace, and nobody says that the next one of its id is of the same people.
function isOwn({ updatedAt }: PolicyRecord, { createdAt }: WorkspaceRecord): boolean {
  return updatedAt >= createdAt;
}

function ownVersions(
  { items, nextCursor }: Page<PolicyRecord>,
  workspace: WorkspaceRecord,
): Page<PolicyRecord> {
  const own = items.filter((record) => isOwn(record, workspace));
  return { items: own, nextCursor: own.length === items.length ? nextCursor : null };
}

interface VersionName extends ItemPath {
  readonly version: number;
}

async function findVersion(
  { storage }: Pick<Services, "storage">,
  thing: PolicyThing,
  { workspace: workspaceId, key, version }: VersionName,
): Promise<Outcome<PolicyRecord>> {
  const workspace = await existingWorkspace(storage, workspaceId);
  if (!workspace.ok) {
    return workspace;
  }
  const record = await storage.policies.findVersion(workspaceId, key, version);
  if (record !== undefined && isOwn(record, workspace.value)) {
    return done(record);
  }
  const newest = await storage.policies.listVersions(workspaceId, key, { limit: 1 });
  const hasVersions = newest.items.some((each) => isOwn(each, workspace.value));
  return refused(hasVersions ? unknownVersion(key, version) : unknownThing(thing, key));
}

function unknownVersion(name: string, version: number): OperationProblem {
  return {
    code: "policy_version_unknown",
    detail: `policy \`${name}\` has no version ${version}`,
  };
}

/** Writes what an earlier version says as a new one, judged by what the workspace is today. */
async function rollBack(
  services: Services,
  thing: PolicyThing,
  invocation: Invocation<ItemPath, unknown, RollbackBody>,
): Promise<Outcome<Answered<DataAnswer<PolicyAnswer>>>> {
  const { path, body } = invocation;
  const record = await findVersion(services, thing, { ...path, version: body.version });
  if (!record.ok) {
    return record;
  }
  const { document } = record.value;
  const plan = planReplacement(thing, invocation, () => readPolicy(document));
  return changeWorkspace(services, invocation, plan);
}
