import type { Routes } from "@byot/api-contract";
import { thingOperations } from "./collection.js";
import { existingWorkspace } from "./existing-workspace.js";
import { listResources } from "./list-resources.js";
import type { Operation, OperationsOf } from "./operation.js";
import { done, refused } from "./outcome.js";
import { checkName, resourceThing } from "./resource-thing.js";
import type { Services } from "./services.js";
import { systemResourcesOf } from "./system-resources.js";

/** The operations on resources; those of the service itself can be read and not written. */
export function resourceOperations(services: Services): OperationsOf<Routes["resources"]> {
  const { storage } = services;
  const operations = thingOperations(services, resourceThing(services));
  return {
    ...operations,
    list: listResources(storage),
    async read(invocation) {
      const { path } = invocation;
      const workspace = await existingWorkspace(storage, path.workspace);
      if (!workspace.ok) {
        return workspace;
      }
      const resource = systemResourcesOf(workspace.value).find(({ name }) => name === path.key);
      return resource === undefined
        ? operations.read(invocation)
        : done({ answer: { data: resource }, version: resource.version });
    },
    replace: unlessReserved(services, operations.replace),
    remove: unlessReserved(services, operations.remove),
  };
}

type Keyed<Query, Body, Answer> = Operation<
  { readonly workspace: string; readonly key: string },
  Query,
  Body,
  Answer
>;

function unlessReserved<Query, Body, Answer>(
  { storage }: Pick<Services, "storage">,
  operation: Keyed<Query, Body, Answer>,
): Keyed<Query, Body, Answer> {
  return async (invocation) => {
    const { workspace: workspaceId, key } = invocation.path;
    const problem = checkName(key);
    if (problem === undefined) {
      return operation(invocation);
    }
    const workspace = await existingWorkspace(storage, workspaceId);
    return workspace.ok ? refused(problem) : workspace;
  };
}
