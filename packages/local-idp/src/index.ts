/** A local identity provider for development: people, signing keys and real RS256 tokens. @module */
export { createLocalIdp } from "./create-local-idp.js";
export { demoPeople } from "./demo-people.js";
export { exportSigningKey } from "./export-signing-key.js";
export { generateSigningKey } from "./generate-signing-key.js";
export { importSigningKey } from "./import-signing-key.js";
export type { Clock } from "./clock.js";
export type { JsonObject, JsonValue } from "./json-value.js";
export type { JWKSet, PrivateJWK, PublicJWK } from "./json-web-key.js";
export type {
  IssueTokenOptions,
  IssueTokenProblem,
  LocalIdp,
  LocalIdpOptions,
} from "./local-idp.js";
export type { Person } from "./person.js";
export type { Result } from "./result.js";
export type { SigningKey } from "./signing-key.js";
export type { SigningKeyProblem, SigningKeyProblemCode } from "./signing-key-problem.js";
