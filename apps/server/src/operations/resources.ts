import type { NewResourceBody, ResourceAnswer, ResourceBody } from "@byot/api-contract";
import { isReservedResource } from "@byot/authorizer";
import type { ResourceInput, WorkspaceConfiguration } from "@byot/storage";
import { type ThingOperations, thingOperations } from "./collection.js";
import { done, type OperationProblem } from "./outcome.js";
import { permissionsThat, referencedBy } from "./references.js";
import type { Services } from "./services.js";

/** The types a resource goes through. */
export interface ResourceTypes {
  /** What creates one. */
  readonly newBody: NewResourceBody;
  /** What replaces one. */
  readonly body: ResourceBody;
  /** What is written. */
  readonly input: ResourceInput;
  /** What is answered. */
  readonly answer: ResourceAnswer;
}

/** The operations on resources. */
export function resourceOperations(services: Services): ThingOperations<ResourceTypes> {
  return thingOperations<ResourceTypes>(services, {
    kind: "resource",
    unknownCode: "resource_unknown",
    store: services.storage.resources,
    find: ({ resources }, key) => resources.find(({ name }) => name === key),
    keyOf: ({ name }) => name,
    fromNewBody: (body) => done(body),
    fromBody: (name, body) => done({ ...body, name }),
    check: checkResource,
    checkDeletion: (key, configuration) =>
      referencedBy(
        `resource \`${key}\``,
        permissionsThat(configuration, ({ resource }) => resource === key),
      ),
    put: (value, expectedVersion) => ({
      operation: "put",
      kind: "resource",
      value,
      expectedVersion,
    }),
    answer: ({ name, description, category, actions }, stored) => ({
      name,
      ...(description === undefined ? {} : { description }),
      category,
      actions,
      ...stored,
    }),
  });
}

function checkResource(
  { name, actions }: ResourceInput,
  configuration: WorkspaceConfiguration,
): OperationProblem | undefined {
  if (isReservedResource(name)) {
    return {
      code: "resource_reserved",
      detail: `\`${name}\` is the name of an administrative resource`,
    };
  }
  const known = new Set(["*", ...actions]);
  const dropped = (action: string): boolean => !known.has(action);
  return referencedBy(
    `an action that resource \`${name}\` would no longer have`,
    permissionsThat(
      configuration,
      (permission) => permission.resource === name && permission.actions.some(dropped),
    ),
  );
}
