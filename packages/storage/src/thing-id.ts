import type { ConfiguredKind } from "./change-set.js";

/** One string for a kind and a key. No kind holds a colon, so two different things never get the same one. */
export function thingId(kind: ConfiguredKind, key: string): string {
  return `${kind}:${key}`;
}
