import type { NewResourceBody, ResourceAnswer, ResourceBody } from "@byot/api-contract";
import { isReservedResource } from "@byot/authorizer";
import type { ResourceInput, WorkspaceConfiguration } from "@byot/storage";
import { type ThingOperations, thingOperations } from "./collection.js";
import { done, type OperationProblem } from "./outcome.js";
import { checkResourceReferences } from "./references.js";
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
    checkDeletion: (key, configuration) => checkResourceReferences(key, undefined, configuration),
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
  input: ResourceInput,
  configuration: WorkspaceConfiguration,
): OperationProblem | undefined {
  return isReservedResource(input.name)
    ? {
        code: "resource_reserved",
        detail: `\`${input.name}\` is the name of an administrative resource`,
      }
    : checkResourceReferences(input.name, input, configuration);
}
