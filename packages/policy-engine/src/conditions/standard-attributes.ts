import type { ScalarTypeName } from "../values/scalar-types.js";

/** The instant of the request, which date and time functions read as the date and the time of some place. */
export const currentTimeAttribute = "current_time";

/** Attributes every request may have, with their types; no mapping and no caller can give them another. */
export const standardAttributes: ReadonlyMap<string, ScalarTypeName | "string_set"> = new Map([
  ["resource", "string"],
  ["action", "string"],
  ["external_issuer", "string"],
  ["external_subject", "string"],
  ["external_audience", "string_set"],
  ["is_external_principal", "boolean"],
  [currentTimeAttribute, "datetime"],
  ["day_of_week", "string"],
  ["ip_address", "ip"],
]);
