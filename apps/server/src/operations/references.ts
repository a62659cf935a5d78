import type { PermissionRecord, WorkspaceConfiguration } from "@byot/storage";
import type { OperationProblem } from "./outcome.js";

/** The ids of the permissions that match. */
export function permissionsThat(
  { permissions }: WorkspaceConfiguration,
  matches: (permission: PermissionRecord) => boolean,
): readonly string[] {
  return permissions.filter(matches).map(({ id }) => id);
}

/** The problem of taking away what permissions refer to, or `undefined` when none do. */
export function referencedBy(
  what: string,
  permissionIds: readonly string[],
): OperationProblem | undefined {
  if (permissionIds.length === 0) {
    return undefined;
  }
  const named = permissionIds.map((id) => `\`${id}\``).join(", ");
  return { code: "referenced", detail: `${what} is named by permission ${named}` };
}
