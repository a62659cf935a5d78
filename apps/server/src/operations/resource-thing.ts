import type {
  NewResourceBody,
  ResourceAnswer,
  ResourceBody,
  StoredAnswer,
} from "@byot/api-contract";
import { isReservedResource } from "@byot/authorizer";
import type { ResourceInput, WorkspaceConfiguration } from "@byot/storage";
import { type ConfiguredThing, unless } from "./configured-thing.js";
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

/** What is particular to resources. */
export function resourceThing({
  storage,
}: Pick<Services, "storage">): ConfiguredThing<ResourceTypes> {
  return {
    kind: "resource",
    unknownCode: "resource_unknown",
    store: storage.resources,
    find: ({ resources }, key) => resources.find(({ name }) => name === key),
    keyOf: ({ name }) => name,
    fromNewBody: (body) => done(body),
    fromBody: (name, body) => done({ ...body, name }),
    check: (input, configuration) => unless(checkResource(input, configuration)),
    checkDeletion: (key, configuration) => checkResourceReferences(key, undefined, configuration),
    put: (value, expectedVersion) => ({
      operation: "put",
      kind: "resource",
      value,
      expectedVersion,
    }),
    answer: describeResource,
  };
}

/** The resource as it is answered. */
export function describeResource(
  { name, description, category, actions }: ResourceInput,
  stored: StoredAnswer,
): ResourceAnswer {
  return {
    name,
    ...(description === undefined ? {} : { description }),
    category,
    actions,
    ...stored,
  };
}

function checkResource(
  input: ResourceInput,
  configuration: WorkspaceConfiguration,
): OperationProblem | undefined {
  return checkName(input.name) ?? checkResourceReferences(input.name, input, configuration);
}

/** What keeps a resource of this name from being written or deleted, or `undefined`. */
export function checkName(name: string): OperationProblem | undefined {
  return isReservedResource(name)
    ? { code: "resource_reserved", detail: `\`${name}\` is the name of an administrative resource` }
    : undefined;
}
