import type { Scope } from "@byot/api-contract";
import type { ApiKeyRecord } from "@byot/storage";

/** What a root key's record says instead of a list: every scope there is, those of later versions too. */
export const everyScope = "*";

/** Whether a key has a scope. */
export function hasScope({ scopes }: Pick<ApiKeyRecord, "scopes">, scope: Scope): boolean {
  return scopes.includes(everyScope) || scopes.includes(scope);
}
