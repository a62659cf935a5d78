import type { ConfigurationWrite } from "./change-set.js";
import type { NameableThing } from "./change-plan.js";

const everyResource = "*";

/** The policy and the resource that a write would make a permission name; `*` names no single resource. */
export function namedBy(write: ConfigurationWrite): readonly NameableThing[] {
  if (write.operation !== "put" || write.kind !== "permission") {
    return [];
  }
  const { policy, resource } = write.value;
  const names: readonly NameableThing[] = [{ kind: "policy", key: policy }];
  return resource === everyResource ? names : [...names, { kind: "resource", key: resource }];
}
