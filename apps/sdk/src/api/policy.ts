import type { Permission, PermissionTarget } from "./permissions.js";
import type { PolicySpecification } from "./policy-specification.js";
import type { Stored } from "./stored.js";

/** Something worth knowing about a policy. An `error` refuses it, anything else is stored all the same. */
export interface PolicyFinding {
  /** Where, as a JSON Pointer (RFC 6901) into the policy. */
  readonly path: string;
  /** What kind of thing; stable. */
  readonly code: string;
  /** How much it matters. */
  readonly severity: "error" | "warning" | "info";
  /** What it is, in one line. */
  readonly message: string;
  /** What was probably meant, such as the nearest name of a function. */
  readonly suggestion?: string;
}

/** A policy as it is written. */
export interface PolicyDocument {
  /** Its name: `[a-z][a-z0-9_.:-]{0,62}`. */
  readonly name: string;
  /** One sentence for people. */
  readonly description?: string;
  /** The rules and the default. */
  readonly specification: PolicySpecification;
}

/** A policy as it is replaced; the name may be left out, and is otherwise the one that is replaced. */
export interface PolicyReplacement extends Omit<PolicyDocument, "name"> {
  /** Its name. */
  readonly name?: string;
}

/** A policy as it is created. */
export interface NewPolicy extends PolicyDocument {
  /** Where it applies: a permission is made for each entry, at most 64. @defaultValue nowhere yet */
  readonly appliesTo?: readonly PermissionTarget[];
}

/** A policy, or one version of it. */
export interface Policy extends PolicyDocument, Stored {
  /** What was found in it when it was written; only in the answer to that. */
  readonly findings?: readonly PolicyFinding[];
}

/** A policy that has just been created. */
export interface CreatedPolicy extends Policy {
  /** The permissions made from `appliesTo`, in its order. */
  readonly permissions: readonly Permission[];
}

/** What is to be known about a policy before it is stored. */
export interface PolicyValidation {
  /** Whether it can be stored: no finding is an `error`. */
  readonly valid: boolean;
  /** Everything worth knowing about it, errors first. */
  readonly findings: readonly PolicyFinding[];
}
