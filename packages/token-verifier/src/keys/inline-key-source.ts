import type { JWKSet } from "../trusted-issuer.js";
import type { KeySource } from "./key-source.js";
import { type KeySetRules, readKeySet } from "./key-set.js";

/** Serves keys that are written down in the configuration; they are imported on first use. */
export function createInlineKeySource(inline: JWKSet, rules: KeySetRules): KeySource {
  let imported: ReturnType<typeof readKeySet> | undefined;
  return {
    find: async (query) => {
      imported ??= readKeySet(inline, rules);
      const keys = await imported;
      const key = keys.ok ? keys.value.find(query) : undefined;
      return key === undefined ? { status: "unknown" } : { status: "found", key };
    },
  };
}
