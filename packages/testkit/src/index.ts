/** Clocks, forged tokens, identity providers and processes for the tests of this repository. @module */
export { createSettableClock } from "./settable-clock.js";
export { createSigner } from "./signer.js";
export { forgeToken } from "./forge-token.js";
export { freePort } from "./free-port.js";
export { makeTemporaryFolder } from "./temporary-folder.js";
export { requestJson } from "./request-json.js";
export { startOidcProvider } from "./start-oidc-provider.js";
export { startPostgres } from "./start-postgres.js";
export { startServerProcess } from "./start-server-process.js";
export type { KeyPairAlgorithm, TokenPart, TokenParts, TokenSignature } from "./forge-token.js";
export type { ProcessExit, ProcessOptions } from "./launch-process.js";
export type { OidcPerson } from "./oidc-person.js";
export type { JsonAnswer, JsonRequest } from "./request-json.js";
export type { SettableClock } from "./settable-clock.js";
export type { PublicRsaJwk, Signer, SignerOptions } from "./signer.js";
export type {
  AccessTokenOptions,
  KeyRotation,
  OidcProvider,
  OidcProviderOptions,
} from "./start-oidc-provider.js";
export type { Postgres, PostgresOptions } from "./start-postgres.js";
export type {
  ServerProcess,
  ServerProcessOptions,
  ServerReadiness,
} from "./start-server-process.js";
export type { TemporaryFolder } from "./temporary-folder.js";
