import type { ResourceAnswer, Routes } from "@byot/api-contract";
import { compareKeys, pageOf, rowsToRead, type Storage, unknownCursor } from "@byot/storage";
import { everyPage } from "./every-page.js";
import { existingWorkspace } from "./existing-workspace.js";
import { listPage } from "./list-page.js";
import type { OperationOf } from "./operation.js";
import { describeResource } from "./resource-thing.js";
import { storedAnswer } from "./stored-answer.js";
import { systemResourcesOf } from "./system-resources.js";

/**
 * Lists the workspace's resources and those of the service itself as one list. All of them are read for each page: the
 * quota keeps them few.
 */
export function listResources(
  storage: Pick<Storage, "workspaces" | "resources">,
): OperationOf<Routes["resources"]["list"]> {
  return async ({ path, query }) => {
    const workspace = await existingWorkspace(storage, path.workspace);
    if (!workspace.ok) {
      return workspace;
    }
    const readAll = async (): Promise<readonly ResourceAnswer[]> => {
      const own = await readOwnResources(storage, path.workspace);
      return [...own, ...systemResourcesOf(workspace.value)].toSorted((one, other) =>
        compareKeys(one.name, other.name),
      );
    };
    return listPage(pageAfter(query, readAll), (resource) => resource);
  };
}

async function readOwnResources(
  { resources }: Pick<Storage, "resources">,
  workspaceId: string,
): Promise<readonly ResourceAnswer[]> {
  const own: ResourceAnswer[] = [];
  for await (const page of everyPage((request) => resources.list(workspaceId, request))) {
    own.push(...page.map((record) => describeResource(record, storedAnswer(record))));
  }
  return own;
}

type PageRequest = Parameters<typeof rowsToRead>[0];

async function pageAfter(
  query: PageRequest,
  readAll: () => Promise<readonly ResourceAnswer[]>,
): Promise<ReturnType<typeof pageOf<ResourceAnswer>>> {
  const after = query.cursor === undefined ? "" : nameOf(query.cursor);
  const following = (await readAll()).filter(({ name }) => compareKeys(name, after) > 0);
  return pageOf(following.slice(0, rowsToRead(query)), query.limit, ({ name }) => cursorOf(name));
}

function cursorOf(name: string): string {
  return Buffer.from(name).toString("base64url");
}

function nameOf(cursor: string): string {
  const name = Buffer.from(cursor, "base64url").toString();
  if (cursorOf(name) !== cursor) {
    throw unknownCursor(cursor);
  }
  return name;
}
