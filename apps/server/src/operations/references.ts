import type { ResourceInput, WorkspaceConfiguration } from "@byot/storage";
import type { OperationProblem } from "./outcome.js";

/** What keeps a policy from being deleted: permissions that name it. */
export function checkPolicyReferences(
  name: string,
  { permissions }: WorkspaceConfiguration,
): OperationProblem | undefined {
  const ids = permissions.flatMap(({ id, policy }) => (policy === name ? [id] : []));
  return referencedBy(`policy \`${name}\``, ids);
}

/**
 * What keeps a resource from becoming `changed`, or from being deleted when that is `undefined`: permissions that name
 * it, or an action that no resource they cover would have any more.
 */
export function checkResourceReferences(
  name: string,
  changed: ResourceInput | undefined,
  { resources, permissions }: WorkspaceConfiguration,
): OperationProblem | undefined {
  const others = resources.filter((resource) => resource.name !== name);
  const after = changed === undefined ? others : [...others, changed];
  const broken = permissions.filter((permission) => {
    const covered = after.filter(
      (resource) => permission.resource === "*" || permission.resource === resource.name,
    );
    const known = new Set(["*", ...covered.flatMap(({ actions }) => actions)]);
    const hasTarget = permission.resource === "*" || covered.length > 0;
    return !hasTarget || permission.actions.some((action) => !known.has(action));
  });
  const what = changed === undefined ? "" : "an action that would be gone from ";
  return referencedBy(
    `${what}resource \`${name}\``,
    broken.map(({ id }) => id),
  );
}

function referencedBy(
  what: string,
  permissionIds: readonly string[],
): OperationProblem | undefined {
  if (permissionIds.length === 0) {
    return undefined;
  }
  const named = permissionIds.map((id) => `\`${id}\``).join(", ");
  return { code: "referenced", detail: `${what} is named by permission ${named}` };
}
