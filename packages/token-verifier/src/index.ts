/** Decides whether a JWT is genuine, unexpired, meant for you and from an issuer you trust. @module */
export { probeTrustedIssuer } from "./configuration/probe-trusted-issuer.js";
export { trustedIssuerProblemCodes } from "./configuration/trusted-issuer-problem.js";
export { validateTrustedIssuer } from "./configuration/validate-trusted-issuer.js";
export { createTokenVerifier } from "./create-token-verifier.js";
export { createFetchFetcher } from "./fetching/create-fetch-fetcher.js";
export { createKeySources } from "./keys/create-key-sources.js";
export { keyFailureCodes } from "./keys/key-failure.js";
export { defaultLimits } from "./limits.js";
export { signatureAlgorithms } from "./signature-algorithm.js";
export { readUnverified } from "./token/read-unverified.js";
export { tokenRefusalCodes } from "./token-refusal.js";
export { createWorkspaceTrust } from "./workspace-trust.js";

export type { Clock } from "./clock.js";
export type {
  TrustedIssuerProblem,
  TrustedIssuerProblemCode,
} from "./configuration/trusted-issuer-problem.js";
export type { TokenVerifier, TokenVerifierParts, VerifyContext } from "./create-token-verifier.js";
export type {
  ChunkReader,
  FetchAnswer,
  FetchFetcherOptions,
  FetchFunction,
  FetchSettings,
} from "./fetching/create-fetch-fetcher.js";
export type {
  DocumentFetcher,
  DocumentRequest,
  FetchedDocument,
} from "./fetching/document-fetcher.js";
export type { KeyUrlRules } from "./fetching/key-url-rules.js";
export type { JsonObject, JsonValue } from "./json-object.js";
export type { KeySourcesParts } from "./keys/create-key-sources.js";
export type { KeyFailure, KeyFailureCode } from "./keys/key-failure.js";
export type {
  KeyLookup,
  KeyQuery,
  KeySettings,
  KeySource,
  KeySources,
  ManagedKeySources,
  VerificationKey,
} from "./keys/key-source.js";
export type { KeySourceEvent, ProviderKeys } from "./keys/key-source-event.js";
export type { KeySourcePhase } from "./keys/key-source-state.js";
export type { DroppedKey, KeySourceStatus, ServedKey } from "./keys/key-source-status.js";
export type { Limits } from "./limits.js";
export type { Result } from "./result.js";
export type { SignatureAlgorithm } from "./signature-algorithm.js";
export type { SignatureEngine, SignatureProof } from "./signatures/signature-engine.js";
export type { RememberedToken, VerifiedTokenCache } from "./token/recall-token.js";
export type { UnverifiedToken } from "./token/read-unverified.js";
export type { TokenHeader } from "./token/token-header.js";
export type {
  ProvenIdentity,
  ProviderReference,
  TokenProblem,
  TokenRefusal,
  TokenRefusalCode,
} from "./token-refusal.js";
export type { AudienceClaim, IssuerKeys, JWK, JWKSet, TrustedIssuer } from "./trusted-issuer.js";
export type { ProvingKey, VerifiedToken } from "./verified-token.js";
export type { WorkspaceTrust } from "./workspace-trust.js";
export type { Wait } from "./wait.js";
