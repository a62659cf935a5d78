/** The resources that the service itself consists of. No permission can name one, and `*` never covers one. */
export const systemResources = [
  "workspace",
  "workspace::users",
  "workspace::groups",
  "workspace::roles",
  "workspace::providers",
  "workspace::policies",
  "workspace::api_keys",
  "workspace::audit",
  "billing",
] as const;

const reservedNames = ["workspace", "billing"];

/**
 * Whether a name lies within the reserved prefixes `workspace`, `workspace::…`, `billing` and `billing::…`. Those
 * resources are closed to everyone but an administrator, whatever a policy says.
 */
export function isReservedResource(name: string): boolean {
  return reservedNames.some((reserved) => name === reserved || name.startsWith(`${reserved}::`));
}
