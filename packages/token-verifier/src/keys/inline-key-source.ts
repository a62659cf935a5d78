import type { JWKSet } from "../trusted-issuer.js";
import type { KeySource } from "./key-source.js";
import { type KeySet, type KeySetRules, readKeySet } from "./key-set.js";

/** Serves keys that are written down in the configuration; they are imported on first use. */
export function createInlineKeySource(inline: JWKSet, rules: KeySetRules): KeySource {
  let importing: Promise<void> | undefined;
  let held: KeySet | undefined;
  const importKeys = async (): Promise<void> => {
    const keys = await readKeySet(inline, rules);
    held = keys.ok ? keys.value : undefined;
  };
  return {
    find: async (query) => {
      importing ??= importKeys();
      await importing;
      const key = held?.find(query);
      return key === undefined ? { status: "unknown" } : { status: "found", key };
    },
    findNow: (query) => held?.find(query),
  };
}
