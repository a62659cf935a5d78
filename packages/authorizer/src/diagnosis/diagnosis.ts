import type { TokenRefusalCode } from "@byot/token-verifier";

/** The steps of a check of a token, in the order in which they are told. */
export const diagnosisSteps = [
  "shape",
  "header",
  "issuer",
  "provider",
  "keys",
  "signature",
  "times",
  "audience",
  "mappings",
] as const;

/** One of {@link diagnosisSteps}. */
export type DiagnosisStepName = (typeof diagnosisSteps)[number];

/** How one step came out. */
export interface DiagnosisStep {
  /** Which step. */
  readonly name: DiagnosisStepName;
  /** `not_reached`: the token was refused before, so that nobody can tell. */
  readonly status: "passed" | "failed" | "not_reached";
}

/** What is wrong with a token or with the configuration it was held against. */
export type DiagnosisKind =
  | "absent"
  | "opaque_token"
  | "encrypted_token"
  | "unsigned_token"
  | "copied_badly"
  | "malformed"
  | "too_large"
  | "algorithm_not_allowed"
  | "header_not_supported"
  | "type_not_allowed"
  | "issuer_missing"
  | "issuer_slash"
  | "issuer_spelling"
  | "other_provider"
  | "other_tenant"
  | "other_issuer"
  | "provider_disabled"
  | "keys_forbidden"
  | "keys_unreachable"
  | "keys_not_json"
  | "metadata_of_other_issuer"
  | "no_usable_key"
  | "key_unnamed"
  | "key_unknown"
  | "signature_invalid"
  | "expired"
  | "not_active_yet"
  | "issued_in_future"
  | "lifetime_too_long"
  | "time_unusable"
  | "id_token"
  | "audience_missing"
  | "other_audience"
  | "other_party"
  | "claim_missing"
  | "claim_invalid";

/** Why a token is refused, and what to do about it. */
export interface DiagnosisFinding {
  /** What it is, to switch on. */
  readonly kind: DiagnosisKind;
  /** Why the token is refused, in one sentence for people. */
  readonly cause: string;
  /** What would change that, in one sentence: where a setting does, which one and to what. */
  readonly fix: string;
}

/** The first failure. */
export interface DiagnosisFailure extends DiagnosisFinding {
  /** The step that failed. */
  readonly step: DiagnosisStepName;
  /** The code that a check refuses this token with. */
  readonly code: TokenRefusalCode;
}

/** Something worth knowing that refuses nothing. */
export interface DiagnosisNote {
  /** What it is about, to switch on. */
  readonly code: string;
  /** What to know, in one line; never the value of a claim. */
  readonly message: string;
}

/** What became of a token. It explains and accepts nothing. */
export interface Diagnosis {
  /** All steps, in order. */
  readonly steps: readonly DiagnosisStep[];
  /** Why the token is refused; absent when a check would take it. */
  readonly failure?: DiagnosisFailure;
  /** What else to know of a token that would be taken. */
  readonly notes: readonly DiagnosisNote[];
}
