/**
 * The messages of the AuthZEN Authorization API 1.0. Unlike the rest of this API they ignore what they do not know, as
 * the specification wants it (certification scenario, "Request with unknown fields").
 *
 * @module
 */
import { z } from "zod";
import { contextSchema, type JsonObject, jsonObjectSchema } from "./json.js";

/** The most evaluations of one request. */
export const maximumEvaluations = 100;

/** Who asks: a user's token as `{ "type": "jwt", "id": "<JWT>" }`, or somebody known to the caller. */
export interface AuthzenSubject {
  /** `jwt` for a token; anything else is a kind of subject that the caller vouches for. */
  readonly type: string;
  /** The token, or the subject's name. */
  readonly id: string;
  /** Become `ext_*` attributes of a subject without token; ignored beside a token. */
  readonly properties?: JsonObject;
}

/** What is asked for. */
export interface AuthzenResource {
  /** The resource's name in the workspace. */
  readonly type: string;
  /** Which one: policies read it as `resource_id` of `request_metadata`, which nothing else replaces. */
  readonly id: string;
  /** Become part of `request_metadata`. */
  readonly properties?: JsonObject;
}

/** What is to be done with it. */
export interface AuthzenAction {
  /** The action's name. */
  readonly name: string;
  /** Become part of `request_metadata`, winning over the resource's. */
  readonly properties?: JsonObject;
}

/** One question (AuthZEN 1.0, Access Evaluation Request). */
export interface AuthzenEvaluation {
  /** Who asks. */
  readonly subject: AuthzenSubject;
  /** What is to be done. */
  readonly action: AuthzenAction;
  /** With what. */
  readonly resource: AuthzenResource;
  /** Becomes part of `request_metadata`, after everything else; `token` in it is a user's token. @defaultValue `{}` */
  readonly context: JsonObject;
}

/** When a list of questions has been answered enough. */
export type EvaluationsSemantic = "execute_all" | "deny_on_first_deny" | "permit_on_first_permit";

/** Some of the parts of a question, none of them read yet: one that is not used may be wrong. */
export interface AuthzenParts {
  /** Who asks. */
  readonly subject?: unknown;
  /** What is to be done. */
  readonly action?: unknown;
  /** With what. */
  readonly resource?: unknown;
  /** In what context. */
  readonly context?: unknown;
}

/**
 * Several questions (AuthZEN 1.0, Access Evaluations Request). What stands beside `evaluations` completes each of them
 * where it lacks that part; without `evaluations`, or with none in it, it is a question itself.
 */
export interface AuthzenEvaluations extends AuthzenParts {
  /** The questions, at most 100. @defaultValue `[]` */
  readonly evaluations: readonly AuthzenParts[];
  /** How they are answered. */
  readonly options: {
    /** When to stop. @defaultValue `execute_all` */
    readonly evaluations_semantic: EvaluationsSemantic;
  };
}

/** The answer to one question. A Deny is an answer like any other: status 200. */
export interface AuthzenDecision {
  /** `true` only for an Allow. */
  readonly decision: boolean;
  /** What more there is to say; always there when obligations apply. */
  readonly context?: JsonObject;
}

/** The answers to several questions, in their order; fewer than were asked when the semantic stopped early. */
export interface AuthzenDecisions {
  /** The answers. */
  readonly evaluations: readonly AuthzenDecision[];
}

/** Where a workspace answers these requests (AuthZEN 1.0, Policy Decision Point Metadata). */
export interface AuthzenMetadata {
  /** The workspace's base URL. */
  readonly policy_decision_point: string;
  /** Where one question is answered. */
  readonly access_evaluation_endpoint: string;
  /** Where several are. */
  readonly access_evaluations_endpoint: string;
}

const properties = jsonObjectSchema.exactOptional();

/** Reads {@link AuthzenSubject}. */
export const authzenSubjectSchema: z.ZodType<AuthzenSubject> = z.object({
  type: z.string(),
  id: z.string(),
  properties,
});

/** Reads {@link AuthzenAction}. */
export const authzenActionSchema: z.ZodType<AuthzenAction> = z.object({
  name: z.string(),
  properties,
});

/** Reads {@link AuthzenResource}. */
export const authzenResourceSchema: z.ZodType<AuthzenResource> = z.object({
  type: z.string(),
  id: z.string(),
  properties,
});

/** Reads {@link AuthzenEvaluation}; unknown fields are ignored. */
export const authzenEvaluationSchema: z.ZodType<AuthzenEvaluation> = z.object({
  subject: authzenSubjectSchema,
  action: authzenActionSchema,
  resource: authzenResourceSchema,
  context: contextSchema.default({}),
});

/** The parts of {@link AuthzenParts}, unread. */
export const authzenPartSchemas: { readonly [Part in keyof AuthzenParts]-?: z.ZodType } = {
  subject: z.unknown(),
  action: z.unknown(),
  resource: z.unknown(),
  context: z.unknown(),
};

const partsShape = {
  subject: authzenPartSchemas.subject.exactOptional(),
  action: authzenPartSchemas.action.exactOptional(),
  resource: authzenPartSchemas.resource.exactOptional(),
  context: authzenPartSchemas.context.exactOptional(),
};

/** Reads {@link AuthzenParts}. */
export const authzenPartsSchema: z.ZodType<AuthzenParts> = z.object(partsShape);

const semanticSchema = z.enum(["execute_all", "deny_on_first_deny", "permit_on_first_permit"]);

/** Reads {@link AuthzenEvaluations}; unknown fields are ignored. */
export const authzenEvaluationsSchema: z.ZodType<AuthzenEvaluations> = z.object({
  ...partsShape,
  evaluations: z.array(authzenPartsSchema).max(maximumEvaluations).default([]),
  options: z
    .object({ evaluations_semantic: semanticSchema.default("execute_all") })
    .default({ evaluations_semantic: "execute_all" }),
});

/** Reads {@link AuthzenDecision}. */
export const authzenDecisionSchema: z.ZodType<AuthzenDecision> = z.strictObject({
  decision: z.boolean(),
  context: jsonObjectSchema.exactOptional(),
});

/** Reads {@link AuthzenDecisions}, or the one decision that answers a request without `evaluations`. */
export const authzenDecisionsSchema: z.ZodType<AuthzenDecisions | AuthzenDecision> = z.union([
  z.strictObject({ evaluations: z.array(authzenDecisionSchema) }),
  authzenDecisionSchema,
]);

/** Reads {@link AuthzenMetadata}. */
export const authzenMetadataSchema: z.ZodType<AuthzenMetadata> = z.strictObject({
  policy_decision_point: z.url(),
  access_evaluation_endpoint: z.url(),
  access_evaluations_endpoint: z.url(),
});
