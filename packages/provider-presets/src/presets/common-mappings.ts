import type { ClaimMapping } from "@byot/claim-mapper";

/** The e-mail address, and whether anybody verified it. */
export const emailMappings: readonly ClaimMapping[] = [
  { attribute: "email", jwtPath: "email", type: "string" },
  { attribute: "email_verified", jwtPath: "email_verified", type: "boolean" },
];

/** The scopes, whether written as one text (RFC 8693 §4.2) or as a list. */
export const scopesMapping: ClaimMapping = {
  attribute: "scopes",
  jwtPath: { anyOf: ["scope", "scp"] },
  transforms: ["split: "],
  type: "string_set",
};

/** The application that asked for the token. */
export const clientMapping: ClaimMapping = {
  attribute: "client_id",
  jwtPath: { anyOf: ["azp", "client_id", "cid", "appid"] },
  type: "string",
};
