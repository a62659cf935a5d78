import { z } from "zod";
import type { ConditionError, DeterminingRule } from "./explanation.js";
import { conditionErrorSchema, determiningRuleSchema } from "./explanation.js";
import { askedNameSchema } from "./names.js";
import { type PageQuery, pageQueryShape } from "./page-schema.js";
import { timeSpanShape, type TimeSpanQuery } from "./time.js";

/** Which decisions are wanted, as query parameters; what is absent matches everything. */
export interface DecisionFilter extends TimeSpanQuery {
  /** Only this answer. */
  readonly decision?: "Allow" | "Deny";
  /** Only this reason, such as `no_rule_matched`. */
  readonly reason?: string;
  /** Only this subject; never matches what was erased. */
  readonly subject?: string;
  /** Only this canonical issuer. */
  readonly issuer?: string;
  /** Only what this provider vouched for. */
  readonly provider?: string;
  /** Only this resource. */
  readonly resource?: string;
  /** Only this action. */
  readonly action?: string;
  /** Only what rests on this policy. */
  readonly policy?: string;
  /** Only what rests on a rule of this `rule_id`; together with `policy`, on that rule of that policy. */
  readonly rule?: string;
}

/** Which decisions are wanted, in pages. */
export interface DecisionsQuery extends PageQuery, DecisionFilter {}

/** An attribute that the policies in question look at. */
export interface LoggedAttribute {
  /** Its name, with the path below it: `ext_role`, `request_metadata.orderAmount`. */
  readonly name: string;
  /** Who vouches for it. */
  readonly origin: "token" | "caller" | "server";
  /** Its value; absent when it was missing or the workspace keeps names alone. */
  readonly value?: unknown;
}

/** A decision as the log keeps it. */
export interface LoggedDecision {
  /** The id that the answer carried. */
  readonly decisionId: string;
  /** When it was decided, RFC 3339 in UTC. */
  readonly at: string;
  /** The workspace's revision it was decided on. */
  readonly revision: number;
  /** The request that asked. */
  readonly requestId: string;
  /** The provider's canonical issuer; `byot:subject` where a caller named the subject and there was no token. */
  readonly issuer: string;
  /** The provider that vouched for the token; `byot:subject` where there was none. */
  readonly provider: string;
  /** The resource asked for. */
  readonly resource: string;
  /** The action asked for. */
  readonly action: string;
  /** The answer. */
  readonly decision: "Allow" | "Deny";
  /** Why, as a stable code. */
  readonly reason: string;
  /** The rules and defaults it rests on. */
  readonly determining: readonly DeterminingRule[];
  /** Conditions that could not be evaluated. */
  readonly errors: readonly ConditionError[];
  /** How long it took from the token to the decision, in microseconds. */
  readonly durationMicros: number;
  /** Whether what is personal was erased: then there is no `subject`, `tokenIdHash`, `clientIp` or attribute. */
  readonly erased: boolean;
  /** The token's `sub`, or its pseudonym where the workspace asks for one; absent when erased. */
  readonly subject?: string;
  /** SHA-256 of the token's `jti` with its issuer, in hexadecimal; absent when it had none, and when erased. */
  readonly tokenIdHash?: string;
  /** The user's address; absent when none was given or taken, and when erased. */
  readonly clientIp?: string;
  /** What the policies looked at, as far as the workspace lets it be kept. */
  readonly attributes: readonly LoggedAttribute[];
}

const effectSchema = z.enum(["Allow", "Deny"]);

const filterShape = {
  ...timeSpanShape,
  decision: effectSchema.exactOptional(),
  reason: z.string().min(1).max(64).exactOptional(),
  subject: z.string().min(1).max(512).exactOptional(),
  issuer: z.string().min(1).max(2048).exactOptional(),
  provider: askedNameSchema.exactOptional(),
  resource: askedNameSchema.exactOptional(),
  action: askedNameSchema.exactOptional(),
  policy: askedNameSchema.exactOptional(),
  rule: askedNameSchema.exactOptional(),
};

/** Reads {@link DecisionFilter} from query parameters. */
export const decisionFilterSchema: z.ZodType<DecisionFilter> = z.strictObject(filterShape);

/** Reads {@link DecisionsQuery} from query parameters. */
export const decisionsQuerySchema: z.ZodType<DecisionsQuery> = z.strictObject({
  ...pageQueryShape,
  ...filterShape,
});

/** Reads {@link LoggedAttribute}. */
export const loggedAttributeSchema: z.ZodType<LoggedAttribute> = z.strictObject({
  name: z.string(),
  origin: z.enum(["token", "caller", "server"]),
  value: z.unknown().exactOptional(),
});

/** Reads {@link LoggedDecision}. */
export const loggedDecisionSchema: z.ZodType<LoggedDecision> = z.strictObject({
  decisionId: z.string(),
  at: z.iso.datetime(),
  revision: z.number().int(),
  requestId: z.string(),
  issuer: z.string(),
  provider: z.string(),
  resource: z.string(),
  action: z.string(),
  decision: effectSchema,
  reason: z.string(),
  determining: z.array(determiningRuleSchema),
  errors: z.array(conditionErrorSchema),
  durationMicros: z.number().int(),
  erased: z.boolean(),
  subject: z.string().exactOptional(),
  tokenIdHash: z.string().exactOptional(),
  clientIp: z.string().exactOptional(),
  attributes: z.array(loggedAttributeSchema),
});
