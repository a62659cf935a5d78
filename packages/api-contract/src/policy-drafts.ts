import { z } from "zod";
import { type JsonObject, jsonObjectSchema } from "./json.js";
import { type ItemPath, itemPathShape } from "./paths.js";
import { type PolicyFinding, policyFindingSchema } from "./policies.js";

/** A policy that may be wrong in every way: what is, is answered as a finding. */
export type PolicyDraft = JsonObject;

/** What is to be known about a policy before it is stored. */
export interface PolicyValidation {
  /** Whether it can be stored: no finding is an `error`. */
  readonly valid: boolean;
  /** Everything worth knowing about it, errors first. */
  readonly findings: readonly PolicyFinding[];
}

/** One version of a policy. */
export interface PolicyVersionPath extends ItemPath {
  /** The workspace's revision at which that version was written. */
  readonly version: number;
}

/** Which version to make the active one again. */
export interface RollbackBody {
  /** The version. What it says is written as a new one. */
  readonly version: number;
}

/** Reads {@link PolicyDraft}: any JSON object. */
export const policyDraftSchema: z.ZodType<PolicyDraft> = jsonObjectSchema.clone();

/** Reads {@link PolicyValidation}. */
export const policyValidationSchema: z.ZodType<PolicyValidation> = z.strictObject({
  valid: z.boolean(),
  findings: z.array(policyFindingSchema),
});

/** Reads a version from a parameter of a path. */
export const versionParameterSchema: z.ZodType<number> = z
  .string()
  .regex(/^\d{1,15}$/, "must be a whole number")
  .transform(Number);

/** Reads {@link PolicyVersionPath} from parameters of a path. */
export const policyVersionPathSchema: z.ZodType<PolicyVersionPath> = z.strictObject({
  ...itemPathShape,
  version: versionParameterSchema,
});

/** Reads {@link RollbackBody}. */
export const rollbackBodySchema: z.ZodType<RollbackBody> = z.strictObject({
  version: z.number().int().min(1),
});
