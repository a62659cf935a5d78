/** What is particular to each identity provider: issuers, audiences, claims, and where to find them. @module */
export { checkIssuer } from "./check-issuer.js";
export { derivedClaimName } from "./derived-claim.js";
export { findPreset, presets } from "./find-preset.js";
export { explainClaims, prepareClaims } from "./prepare-claims.js";
export { recommendTrustedIssuer } from "./recommend-trusted-issuer.js";
export type { IssuerProblem } from "./check-issuer.js";
export type {
  ClaimNote,
  DerivedClaims,
  Direction,
  IssuerRule,
  PresetName,
  ProviderPreset,
  SampleToken,
  Snippet,
} from "./provider-preset.js";
export type { OwnSettings } from "./recommend-trusted-issuer.js";
