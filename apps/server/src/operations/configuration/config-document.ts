import { type ConfigDocument, routes } from "@byot/api-contract";
import {
  compareKeys,
  type PermissionInput,
  type PolicyInput,
  type ProviderInput,
  type ResourceInput,
  type WorkspaceInput,
} from "@byot/storage";
import { describeProviderBody } from "../provider-document.js";
import { orderedJson, orderedObject } from "./ordered-json.js";

/** All that a workspace is configured with, as it is stored. A `WorkspaceConfiguration` has all of it. */
export interface ConfigInputs {
  /** The workspace itself. */
  readonly workspace: Pick<WorkspaceInput, "name" | "settings">;
  /** Its providers. */
  readonly providers: readonly ProviderInput[];
  /** Its resources. */
  readonly resources: readonly ResourceInput[];
  /** Its policies. */
  readonly policies: readonly PolicyInput[];
  /** Its permissions. */
  readonly permissions: readonly PermissionInput[];
}

/**
 * A configuration as a document: each list ordered by key, the members of each object in one order, so that the same
 * configuration is the same text.
 *
 * @throws ZodError when something is stored that no document can hold.
 */
export function configDocument(inputs: ConfigInputs): ConfigDocument {
  const { name, settings } = inputs.workspace;
  // Reading it as it would come back puts the members of known names into the order of their schemas.
  const document = routes.configuration.apply.body.parse({
    formatVersion: 1,
    workspace: { name, settings },
    providers: inputs.providers.map(writtenProvider),
    resources: inputs.resources.map(writtenResource),
    policies: inputs.policies.map(writtenPolicy),
    permissions: inputs.permissions.map(writtenPermission),
  });
  return {
    ...document,
    providers: byKey(document.providers, ({ id }) => id).map((provider) => {
      const { id, name: displayName, providerType, enabled } = provider;
      return Object.assign({ id, name: displayName, providerType, enabled }, provider);
    }),
    resources: byKey(document.resources, (each) => each.name).map((resource) =>
      Object.assign({ name: resource.name }, resource),
    ),
    policies: byKey(document.policies, (each) => each.name),
    permissions: byKey(document.permissions, ({ id }) => id).map((permission) =>
      Object.assign({ id: permission.id }, permission),
    ),
  };
}

/** A provider as a document has it, its members in any order. */
export function writtenProvider(input: ProviderInput): object {
  const { jwks, ...body } = describeProviderBody(input);
  return { id: input.id, ...body, ...(jwks === undefined ? {} : { jwks: orderedObject(jwks) }) };
}

/** A resource as a document has it. */
export function writtenResource({ name, description, category, actions }: ResourceInput): object {
  return { name, ...(description === undefined ? {} : { description }), category, actions };
}

/** A policy as a document has it. */
export function writtenPolicy({ document }: PolicyInput): object {
  const { name, description, specification } = document;
  return {
    name,
    ...(description === undefined ? {} : { description }),
    specification: orderedJson(specification),
  };
}

/** A permission as a document has it. */
export function writtenPermission(input: PermissionInput): object {
  const { id, resource, actions, policy, priority } = input;
  return { id, resource, actions, policy, priority };
}

function byKey<Thing>(things: readonly Thing[], keyOf: (thing: Thing) => string): readonly Thing[] {
  return things.toSorted((one, other) => compareKeys(keyOf(one), keyOf(other)));
}
