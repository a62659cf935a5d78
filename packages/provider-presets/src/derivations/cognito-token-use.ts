import type { Claims } from "@byot/claim-mapper";
import type { DerivedClaims } from "../provider-preset.js";
import { readClaim } from "./own-claim.js";

/** Derives nothing; tells of an ID token, which Cognito marks as one. */
export function deriveCognitoClaims(claims: Claims): DerivedClaims {
  const isIdToken = readClaim(claims, "token_use") === "id";
  return {
    claims: {},
    notes: isIdToken
      ? [
          {
            code: "not_an_access_token",
            claim: "token_use",
            message: "this is an ID token, made for the application; send the access token",
          },
        ]
      : [],
  };
}
