import { z } from "zod";
import { nameSchema } from "./names.js";
import {
  permissionAnswerSchema,
  permissionTargetSchema,
  type PermissionAnswer,
  type PermissionTarget,
} from "./permissions.js";
import { type StoredAnswer, storedAnswerShape } from "./stored-answer.js";

/**
 * A policy as it is replaced. Only its outline is read here; whether `description` and `specification` are there and
 * what they say is read by the policy engine, which knows where in them a mistake is.
 */
export interface PolicyBody {
  /** The policy's name. In a replacement it may be left out; when given, it must be the one in the path. */
  readonly name?: string;
  /** One sentence for people. */
  readonly description?: unknown;
  /** The rules and the default. */
  readonly specification?: unknown;
}

/** A policy as it is created. */
export interface NewPolicyBody extends PolicyBody {
  /** The policy's name. */
  readonly name: string;
  /** Where it applies: a permission is made for each entry, at most 64. @defaultValue nowhere yet */
  readonly appliesTo: readonly PermissionTarget[];
}

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

/** A policy as a part of a whole configuration, read in outline as well. */
export interface ConfigPolicy extends PolicyBody {
  /** The policy's name. */
  readonly name: string;
}

/** A policy as it is answered. */
export interface PolicyAnswer extends StoredAnswer {
  /** The policy's name. */
  readonly name: string;
  /** One sentence for people. */
  readonly description?: string;
  /** The rules and the default, with function names in their canonical spelling. */
  readonly specification: unknown;
  /** What was found in it when it was written; only in the answer to that. */
  readonly findings?: readonly PolicyFinding[];
}

/** A policy that has just been created. */
export interface NewPolicyAnswer extends PolicyAnswer {
  /** The permissions made from `appliesTo`, in its order. */
  readonly permissions: readonly PermissionAnswer[];
}

/** A specification as it came: the policy engine reads what it says. */
export const outlinedSpecificationSchema: z.ZodType = z.unknown();

/** Reads {@link PolicyBody}. */
export const policyBodySchema: z.ZodType<PolicyBody> = z.strictObject({
  name: nameSchema.exactOptional(),
  description: z.unknown().exactOptional(),
  specification: outlinedSpecificationSchema.exactOptional(),
});

/** Reads {@link NewPolicyBody}. */
export const newPolicyBodySchema: z.ZodType<NewPolicyBody> = z.strictObject({
  name: nameSchema,
  description: z.unknown().exactOptional(),
  specification: outlinedSpecificationSchema.exactOptional(),
  appliesTo: z.array(permissionTargetSchema).max(64).default([]),
});

/** Reads {@link PolicyFinding}. */
export const policyFindingSchema: z.ZodType<PolicyFinding> = z.strictObject({
  path: z.string(),
  code: z.string(),
  severity: z.enum(["error", "warning", "info"]),
  message: z.string(),
  suggestion: z.string().exactOptional(),
});

/** Reads {@link ConfigPolicy}. */
export const configPolicySchema: z.ZodType<ConfigPolicy> = z.strictObject({
  name: nameSchema,
  description: z.unknown().exactOptional(),
  specification: outlinedSpecificationSchema.exactOptional(),
});

const answerShape = {
  ...storedAnswerShape,
  name: z.string(),
  description: z.string().exactOptional(),
  specification: outlinedSpecificationSchema,
  findings: z.array(policyFindingSchema).exactOptional(),
};

/** Reads {@link PolicyAnswer}. */
export const policyAnswerSchema: z.ZodType<PolicyAnswer> = z.strictObject(answerShape);

/** Reads {@link NewPolicyAnswer}. */
export const newPolicyAnswerSchema: z.ZodType<NewPolicyAnswer> = z.strictObject({
  ...answerShape,
  permissions: z.array(permissionAnswerSchema),
});
