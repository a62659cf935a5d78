import { z } from "zod";
import type { ConditionError, DeterminingRule } from "./explanation.js";
import { conditionErrorSchema, determiningRuleSchema } from "./explanation.js";
import { askedNameSchema } from "./names.js";
import { type PageQuery, pageQueryShape } from "./page-schema.js";

/** Which decisions are wanted, as query parameters; what is absent matches everything. */
export interface DecisionsQuery extends PageQuery {
  /** Only this answer. */
  readonly decision?: "Allow" | "Deny";
  /** Only this subject. */
  readonly subject?: string;
  /** Only this resource. */
  readonly resource?: string;
  /** Only this action. */
  readonly action?: string;
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
  /** The provider's canonical issuer. */
  readonly issuer: string;
  /** The token's `sub`. */
  readonly subject: string;
  /** The provider that vouched for the token. */
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
}

/** A refused token as the log keeps it. */
export interface LoggedRefusal {
  /** A UUIDv7. */
  readonly refusalId: string;
  /** When it was refused, RFC 3339 in UTC. */
  readonly at: string;
  /** The request that asked. */
  readonly requestId: string;
  /** Why, as a stable code. */
  readonly code: string;
  /** What the token says of its issuer; nothing has proven it. */
  readonly unverifiedIssuer?: string;
  /** The resource asked for. */
  readonly resource: string;
  /** The action asked for. */
  readonly action: string;
}

const effectSchema = z.enum(["Allow", "Deny"]);

/** Reads {@link DecisionsQuery} from query parameters. */
export const decisionsQuerySchema: z.ZodType<DecisionsQuery> = z.strictObject({
  ...pageQueryShape,
  decision: effectSchema.exactOptional(),
  subject: z.string().min(1).max(512).exactOptional(),
  resource: askedNameSchema.exactOptional(),
  action: askedNameSchema.exactOptional(),
});

/** Reads {@link LoggedDecision}. */
export const loggedDecisionSchema: z.ZodType<LoggedDecision> = z.strictObject({
  decisionId: z.string(),
  at: z.iso.datetime(),
  revision: z.number().int(),
  requestId: z.string(),
  issuer: z.string(),
  subject: z.string(),
  provider: z.string(),
  resource: z.string(),
  action: z.string(),
  decision: effectSchema,
  reason: z.string(),
  determining: z.array(determiningRuleSchema),
  errors: z.array(conditionErrorSchema),
  durationMicros: z.number().int(),
});

/** Reads {@link LoggedRefusal}. */
export const loggedRefusalSchema: z.ZodType<LoggedRefusal> = z.strictObject({
  refusalId: z.string(),
  at: z.iso.datetime(),
  requestId: z.string(),
  code: z.string(),
  unverifiedIssuer: z.string().exactOptional(),
  resource: z.string(),
  action: z.string(),
});
