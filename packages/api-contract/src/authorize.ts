import type { DecisionReason } from "@byot/policy-engine";
import { z } from "zod";
import { addressSchema } from "./address.js";
import { type Explanation, explanationSchema } from "./explanation.js";
import { contextSchema, type JsonObject, jsonObjectSchema } from "./json.js";
import { askedNameSchema } from "./names.js";

/** One question: may the holder of this token do this action on this resource, in this context. */
export interface AuthorizeRequest {
  /** The user's JWT, as the identity provider issued it. Absent: `token_missing`. */
  readonly token?: string;
  /** The resource's name. An unknown one is denied with `unknown_resource`. */
  readonly resource: string;
  /** The action's name. One that the resource does not know is denied with `unknown_action`. */
  readonly action: string;
  /** What policies read as `request_metadata`: at most 64 keys, 8 levels deep. @defaultValue `{}` */
  readonly context: JsonObject;
  /** Whether to say which rules and conditions led to the answer; needs `decisions:explain`. @defaultValue `false` */
  readonly explain: boolean;
  /** The least revision of the workspace to decide on, as an earlier write answered it. @defaultValue any */
  readonly minRevision?: number;
  /** The user's IPv4 or IPv6 address, which policies read as `ip_address`; needs `decisions:client_ip`. */
  readonly clientIp?: string;
}

/** The properties of {@link AuthorizeRequest} that are the question itself. */
export const authorizeQuestionShape: {
  readonly resource: z.ZodType<string>;
  readonly action: z.ZodType<string>;
  readonly context: z.ZodDefault<z.ZodType<JsonObject>>;
} = {
  resource: askedNameSchema,
  action: askedNameSchema,
  context: contextSchema.default({}),
};

/** The properties of {@link AuthorizeRequest} beside the question. */
export const authorizeOptionsShape: {
  readonly token: z.ZodExactOptional<z.ZodString>;
  readonly explain: z.ZodDefault<z.ZodBoolean>;
  readonly minRevision: z.ZodExactOptional<z.ZodNumber>;
  readonly clientIp: z.ZodExactOptional<z.ZodType<string>>;
} = {
  token: z.string().exactOptional(),
  explain: z.boolean().default(false),
  minRevision: z.number().int().min(1).exactOptional(),
  clientIp: addressSchema.exactOptional(),
};

/** Reads {@link AuthorizeRequest}; unknown fields are refused. */
export const authorizeRequestSchema: z.ZodType<AuthorizeRequest> = z.strictObject({
  ...authorizeOptionsShape,
  ...authorizeQuestionShape,
});

/** The stable code of a reason: one of the policies', or one of those that speak before any policy is looked at. */
export type ReasonCode =
  DecisionReason | "admin_resource_forbidden" | "unknown_resource" | "unknown_action";

/** Why a decision came out as it did, in a few words each. */
export const reasonMessages: Readonly<Record<ReasonCode, string>> = {
  allowed_by_rule: "a rule allows it",
  allowed_by_default: "no rule decided and the default allows it",
  denied_by_rule: "a rule denies it",
  denied_by_default: "no rule allows it and the default denies it",
  no_permission: "no permission covers this action on this resource",
  no_rule_matched: "no rule matched and no policy has a default",
  undetermined: "a condition that could change the answer could not be evaluated",
  admin_resource_forbidden: "administrative resources are closed to external principals",
  unknown_resource: "the workspace has no such resource",
  unknown_action: "the resource has no such action",
  limit_exceeded: "the request or its policies are larger than can be decided",
  internal_error: "the decision could not be made",
};

/** Why a decision came out as it did. */
export interface Reason {
  /** The stable code to switch on. */
  readonly code: ReasonCode;
  /** The code in words. */
  readonly message: string;
}

/** Something the caller must do when it enforces a decision. */
export interface Obligation {
  /** Which duty. A caller that does not know it must treat the decision as Deny. */
  readonly id: string;
  /** The effect it belongs to. */
  readonly on: "Allow" | "Deny";
  /** Its details. */
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** The answer to a check. A Deny is an answer like any other: status 200. */
export interface Decision {
  /** `true` only for an Allow. */
  readonly allowed: boolean;
  /** The answer as a word. */
  readonly decision: "Allow" | "Deny";
  /** Why. */
  readonly reason: Reason;
  /** Under which the decision stands in the log: a UUIDv7. */
  readonly decisionId: string;
  /** The workspace's revision it was made on. */
  readonly revision: number;
  /** When it was made, RFC 3339 in UTC. */
  readonly evaluatedAt: string;
  /** When the token ends, RFC 3339 in UTC. */
  readonly tokenExpiresAt: string;
  /** What the caller must do when it enforces the decision. */
  readonly obligations: readonly Obligation[];
  /** What led to it; only when asked for and permitted. */
  readonly explanation?: Explanation;
}

function isReasonCode(text: string): text is ReasonCode {
  return Object.hasOwn(reasonMessages, text);
}

const reasonCodeSchema = z.enum(Object.keys(reasonMessages).filter(isReasonCode));

/** Reads {@link Reason}. */
export const reasonSchema: z.ZodType<Reason> = z.strictObject({
  code: reasonCodeSchema,
  message: z.string(),
});

/** Reads {@link Obligation}. */
export const obligationSchema: z.ZodType<Obligation> = z.strictObject({
  id: z.string(),
  on: z.enum(["Allow", "Deny"]),
  attributes: jsonObjectSchema,
});

/** Reads {@link Decision}. */
export const decisionSchema: z.ZodType<Decision> = z.strictObject({
  allowed: z.boolean(),
  decision: z.enum(["Allow", "Deny"]),
  reason: reasonSchema,
  decisionId: z.string(),
  revision: z.number().int(),
  evaluatedAt: z.iso.datetime(),
  tokenExpiresAt: z.iso.datetime(),
  obligations: z.array(obligationSchema),
  explanation: explanationSchema.exactOptional(),
});
