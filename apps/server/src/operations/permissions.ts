import type { NewPermissionBody, PermissionAnswer, PermissionBody } from "@byot/api-contract";
import { isReservedResource } from "@byot/authorizer";
import type { PermissionInput, ResourceInput } from "@byot/storage";
import { type ThingOperations, thingOperations } from "./collection.js";
import { type ConfiguredThing, unless } from "./configured-thing.js";
import { done, type OperationProblem } from "./outcome.js";
import type { Services } from "./services.js";

/** The types a permission goes through. */
export interface PermissionTypes {
  /** What creates one. */
  readonly newBody: NewPermissionBody;
  /** What replaces one. */
  readonly body: PermissionBody;
  /** What is written. */
  readonly input: PermissionInput;
  /** What is answered. */
  readonly answer: PermissionAnswer;
}

/** The operations on permissions. */
export function permissionOperations(services: Services): ThingOperations<PermissionTypes> {
  return thingOperations(services, permissionThing(services));
}

/** What is particular to permissions. */
export function permissionThing({ storage, createId }: Services): ConfiguredThing<PermissionTypes> {
  return {
    kind: "permission",
    unknownCode: "permission_unknown",
    store: storage.permissions,
    find: ({ permissions }, key) => permissions.find(({ id }) => id === key),
    keyOf: ({ id }) => id,
    fromNewBody: (body) => done({ ...body, id: body.id ?? newPermissionId(createId) }),
    fromBody: (id, body) => done({ ...body, id }),
    check: (input, configuration) => unless(checkPermission(input, configuration)),
    checkDeletion: () => undefined,
    put: (value, expectedVersion) => ({
      operation: "put",
      kind: "permission",
      value,
      expectedVersion,
    }),
    answer: ({ id, resource, actions, policy, priority }, stored) => ({
      id,
      resource,
      actions,
      policy,
      priority,
      ...stored,
    }),
  };
}

/** A new key for a permission that was not given one. */
export function newPermissionId(createId: () => string): string {
  return `permission-${createId()}`;
}

/** What permissions can name. A `WorkspaceConfiguration` has all of it. */
export interface PermissionTargets {
  /** Policies. */
  readonly policies: readonly { readonly document: { readonly name: string } }[];
  /** Resources. */
  readonly resources: readonly ResourceInput[];
}

/** What keeps a permission from being written, or `undefined`. */
export function checkPermission(
  { resource, actions, policy }: PermissionInput,
  configuration: PermissionTargets,
): OperationProblem | undefined {
  if (!configuration.policies.some(({ document }) => document.name === policy)) {
    return unknownReference("/policy", `there is no policy \`${policy}\``);
  }
  return checkTarget({ resource, actions }, configuration);
}

/** What keeps a permission from covering these actions on this resource, or `undefined`. */
export function checkTarget(
  { resource, actions }: Pick<PermissionInput, "resource" | "actions">,
  { resources }: Pick<PermissionTargets, "resources">,
): OperationProblem | undefined {
  if (isReservedResource(resource)) {
    return {
      code: "resource_reserved",
      detail: `\`${resource}\` is administrative; no permission can open it`,
    };
  }
  const covered = resources.filter(({ name }) => resource === "*" || name === resource);
  if (resource !== "*" && covered.length === 0) {
    return unknownReference("/resource", `there is no resource \`${resource}\``);
  }
  const known = new Set(["*", ...covered.flatMap((each) => each.actions)]);
  const unknown = actions.findIndex((action) => !known.has(action));
  return unknown === -1
    ? undefined
    : unknownReference(
        `/actions/${unknown}`,
        `\`${resource}\` has no action \`${actions[unknown] ?? ""}\``,
      );
}

function unknownReference(path: string, message: string): OperationProblem {
  const code = "reference_unknown";
  return { code, detail: message, errors: [{ path, code, message }] };
}
