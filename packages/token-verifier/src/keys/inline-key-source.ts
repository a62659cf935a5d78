import type { JWKSet } from "../trusted-issuer.js";
import type { KeySource } from "./key-source.js";
import { type KeySet, type KeySetRules, readKeySet } from "./key-set.js";
import { type ManagedKeySource, unusedStatus } from "./managed-key-source.js";
import type { KeyFailure } from "./key-failure.js";

/** Serves keys that are written down in the configuration; they are imported on first use. */
export function createInlineKeySource(inline: JWKSet, rules: KeySetRules): ManagedKeySource {
  let importing: Promise<void> | undefined;
  let held: KeySet | undefined;
  let failure: KeyFailure | undefined;
  const importKeys = async (): Promise<void> => {
    const keys = await readKeySet(inline, rules);
    held = keys.ok ? keys.value : undefined;
    failure = keys.ok ? undefined : keys.error;
  };
  const importOnce = (): Promise<void> => {
    importing ??= importKeys();
    return importing;
  };
  const find: KeySource["find"] = async (query) => {
    await importOnce();
    const key = held?.find(query);
    return key === undefined ? { status: "unknown" } : { status: "found", key };
  };
  return {
    find,
    findNow: (query) => held?.find(query),
    refresh: importOnce,
    status: () => ({
      ...unusedStatus,
      ...(held === undefined
        ? {}
        : { state: "fresh", keys: held.served, droppedKeys: held.dropped }),
      ...(failure === undefined ? {} : { failure }),
    }),
  };
}
