import type { DocumentPath, PolicyProblem, PolicyProblemCode } from "../document/policy-problem.js";

/** How much a finding matters: an `error` refuses the policy, a `warning` asks for a second look. */
export type FindingSeverity = "error" | "warning" | "info";

/** What is worth knowing about a policy that can be stored. */
export type PolicyHintCode =
  | "UNKNOWN_ATTRIBUTE"
  | "VALUE_OUTSIDE_ENUM"
  | "CONDITION_ALWAYS_TRUE"
  | "CONDITION_NEVER_TRUE"
  | "RULE_NEVER_APPLIES"
  | "RULE_REDUNDANT"
  | "POLICY_NEVER_ALLOWS"
  | "RULE_UNCONDITIONAL_ALLOW"
  | "DEFAULT_ALLOW"
  | "DENY_ON_OPTIONAL_ATTRIBUTE"
  | "VACUOUS_ALL_IN_ALLOW"
  | "REGEX_UNANCHORED"
  | "LIKE_PREFIX_COLLISION"
  | "CIDR_HOST_BITS"
  | "TIME_ZONE_DEFAULTED"
  | "MIXED_SCRIPT"
  | "BIDI_CONTROL"
  | "NOT_NFC"
  | "ALIAS"
  | "CALLER_SUPPLIED"
  | "DEPENDS_ON_ABSENCE";

const severities: Readonly<Record<PolicyHintCode, FindingSeverity>> = {
  UNKNOWN_ATTRIBUTE: "warning",
  VALUE_OUTSIDE_ENUM: "warning",
  CONDITION_ALWAYS_TRUE: "warning",
  CONDITION_NEVER_TRUE: "warning",
  RULE_NEVER_APPLIES: "warning",
  RULE_REDUNDANT: "warning",
  POLICY_NEVER_ALLOWS: "warning",
  RULE_UNCONDITIONAL_ALLOW: "warning",
  DEFAULT_ALLOW: "warning",
  DENY_ON_OPTIONAL_ATTRIBUTE: "warning",
  VACUOUS_ALL_IN_ALLOW: "warning",
  REGEX_UNANCHORED: "warning",
  LIKE_PREFIX_COLLISION: "warning",
  CIDR_HOST_BITS: "warning",
  TIME_ZONE_DEFAULTED: "warning",
  MIXED_SCRIPT: "warning",
  BIDI_CONTROL: "warning",
  NOT_NFC: "warning",
  ALIAS: "info",
  CALLER_SUPPLIED: "info",
  DEPENDS_ON_ABSENCE: "info",
};

/** One thing that is wrong with a policy, or worth a look. */
export interface Finding extends Omit<PolicyProblem, "code"> {
  /** What kind of thing; stable. */
  readonly code: PolicyProblemCode | PolicyHintCode;
  /** How much it matters. */
  readonly severity: FindingSeverity;
}

/** A finding before its path is written as a pointer. */
export interface LocatedFinding extends Omit<Finding, "path"> {
  /** Where. */
  readonly path: DocumentPath;
}

/** A finding that refuses nothing. */
export function hint(code: PolicyHintCode, path: DocumentPath, message: string): LocatedFinding {
  return { code, severity: severities[code], path, message };
}
