import { z } from "zod";
import { addressSchema } from "./address.js";
import { type Obligation, obligationSchema, type Reason, reasonSchema } from "./authorize.js";
import {
  conditionErrorSchema,
  determiningRuleSchema,
  explanationSchema,
  type ConditionError,
  type DeterminingRule,
  type Explanation,
} from "./explanation.js";
import { contextSchema, type JsonObject, objectWithin } from "./json.js";
import { askedNameSchema } from "./names.js";
import { type PolicyDraft, policyDraftSchema } from "./policy-drafts.js";
import { timeSchema } from "./time.js";

/** The most drafts of one simulation. */
export const maximumDrafts = 16;

/** A check with given attributes in the place of a token. It is always explained and never logged as a decision. */
export interface SimulationRequest {
  /** What the token would have become: `ext_plan`, `external_subject` and so on; at most 128 of them, 8 levels deep. */
  readonly attributes: JsonObject;
  /** What policies read as `request_metadata`: at most 64 keys, 8 levels deep. @defaultValue `{}` */
  readonly context: JsonObject;
  /** The resource's name. It may be left out with `policies`. */
  readonly resource?: string;
  /** The action's name. It may be left out with `policies`. */
  readonly action?: string;
  /** When it is, RFC 3339. @defaultValue now */
  readonly currentTime?: string;
  /** The user's IPv4 or IPv6 address. @defaultValue missing */
  readonly ipAddress?: string;
  /** The least revision of the workspace to decide on, as an earlier write answered it. @defaultValue any */
  readonly minRevision?: number;
  /** Drafts of different names, 1–16, to evaluate alone and at one priority in the place of the workspace's policies. */
  readonly policies?: readonly PolicyDraft[];
}

/** All that the policies say to a simulation. */
export interface SimulationAnswer {
  /** `true` only for an Allow. */
  readonly allowed: boolean;
  /** The answer, before a check makes a Deny of everything but an Allow. */
  readonly decision: "Allow" | "Deny" | "NotApplicable" | "Indeterminate";
  /** With `Indeterminate`: whether it could have been an Allow (`P`), a Deny (`D`) or both. */
  readonly indeterminate?: "P" | "D" | "DP";
  /** Why. */
  readonly reason: Reason;
  /** The workspace's revision it was made on. */
  readonly revision: number;
  /** When it is, as far as the policies know: RFC 3339 in UTC. */
  readonly evaluatedAt: string;
  /** The rules and defaults it rests on. */
  readonly determining: readonly DeterminingRule[];
  /** Conditions that could not be evaluated. */
  readonly errors: readonly ConditionError[];
  /** Attributes that were missing and could change the answer. */
  readonly missing: readonly string[];
  /** What a caller would have to do when it enforces the decision. */
  readonly obligations: readonly Obligation[];
  /** What led to it. */
  readonly explanation: Explanation;
}

const attributeName = /^[a-z][a-z0-9_]{0,66}$/;

const attributesSchema = objectWithin({ keys: 128, levels: 8 }).refine(
  (attributes) => Object.keys(attributes).every((name) => attributeName.test(name)),
  "must have names of a-z, 0-9 and _, a letter first, at most 67 characters",
);

function haveDifferentNames(drafts: readonly PolicyDraft[]): boolean {
  const names = drafts.flatMap((draft) => (Object.hasOwn(draft, "name") ? [draft["name"]] : []));
  return new Set(names).size === names.length;
}

const requestSchema = z.strictObject({
  attributes: attributesSchema,
  context: contextSchema.default({}),
  resource: askedNameSchema.exactOptional(),
  action: askedNameSchema.exactOptional(),
  currentTime: timeSchema.exactOptional(),
  ipAddress: addressSchema.exactOptional(),
  minRevision: z.number().int().min(1).exactOptional(),
  policies: z
    .array(policyDraftSchema)
    .min(1)
    .max(maximumDrafts)
    .refine(haveDifferentNames, "must not have two of one name")
    .exactOptional(),
});

/** Reads {@link SimulationRequest}. */
export const simulationRequestSchema: z.ZodType<SimulationRequest> = requestSchema
  .refine(({ resource, policies }) => resource !== undefined || policies !== undefined, {
    path: ["resource"],
    error: "is required without `policies`",
  })
  .refine(({ action, policies }) => action !== undefined || policies !== undefined, {
    path: ["action"],
    error: "is required without `policies`",
  });

/** Reads {@link SimulationAnswer}. */
export const simulationAnswerSchema: z.ZodType<SimulationAnswer> = z.strictObject({
  allowed: z.boolean(),
  decision: z.enum(["Allow", "Deny", "NotApplicable", "Indeterminate"]),
  indeterminate: z.enum(["P", "D", "DP"]).exactOptional(),
  reason: reasonSchema,
  revision: z.number().int(),
  evaluatedAt: z.iso.datetime(),
  determining: z.array(determiningRuleSchema),
  errors: z.array(conditionErrorSchema),
  missing: z.array(z.string()),
  obligations: z.array(obligationSchema),
  explanation: explanationSchema,
});
