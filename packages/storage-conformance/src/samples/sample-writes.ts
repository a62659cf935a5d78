import type {
  ConfigurationWrite,
  ConfiguredKind,
  DeleteWrite,
  PermissionInput,
} from "@byot/storage";
import {
  permissionInput,
  policyInput,
  providerInput,
  resourceInput,
  workspaceInput,
} from "./sample-inputs.js";

/** Writes a workspace; a new one unless a version is given. */
export function workspacePut(
  id: string,
  expectedVersion: number | null = null,
  name?: string,
): ConfigurationWrite {
  return { operation: "put", kind: "workspace", value: workspaceInput(id, name), expectedVersion };
}

/** Writes a provider; a new one unless a version is given. */
export function providerPut(
  id: string,
  expectedVersion: number | null = null,
  name?: string,
): ConfigurationWrite {
  return { operation: "put", kind: "provider", value: providerInput(id, name), expectedVersion };
}

/** Writes a policy; a new one unless a version is given. */
export function policyPut(
  name: string,
  expectedVersion: number | null = null,
  description?: string,
): ConfigurationWrite {
  const value = policyInput(name, description);
  return { operation: "put", kind: "policy", value, expectedVersion };
}

/** Writes a resource; a new one unless a version is given. */
export function resourcePut(
  name: string,
  expectedVersion: number | null = null,
  description?: string,
): ConfigurationWrite {
  const value = resourceInput(name, description);
  return { operation: "put", kind: "resource", value, expectedVersion };
}

/** Writes a permission, on `orders` by `premium` unless said otherwise; a new one unless a version is given. */
export function permissionPut(
  id: string,
  changes: Partial<PermissionInput> = {},
  expectedVersion: number | null = null,
): ConfigurationWrite {
  const value = permissionInput(id, changes);
  return { operation: "put", kind: "permission", value, expectedVersion };
}

/** Deletes a thing. */
export function deletion(kind: ConfiguredKind, key: string, expectedVersion: number): DeleteWrite {
  return { operation: "delete", kind, key, expectedVersion };
}
