import { z } from "zod";

/** A rule, or a policy's default, that a decision rests on. */
export interface DeterminingRule {
  /** The policy's name. */
  readonly policy: string;
  /** The policy's version. */
  readonly policyVersion: number;
  /** The rule's `rule_id`, or `null` for the policy's default. */
  readonly rule: string | null;
  /** What it says. */
  readonly effect: "Allow" | "Deny";
  /** The priority of the permission that brought it in. */
  readonly priority: number;
}

/** A condition that could not be evaluated. */
export interface ConditionError {
  /** What kept it from being evaluated. */
  readonly code: string;
  /** The attribute it reads, such as `ext_role` or `request_metadata.orderAmount`. */
  readonly attribute: string;
  /** The type it wants. */
  readonly expected: string;
  /** The type it got; absent when there was nothing. Never the value. */
  readonly actual?: string;
  /** The policy's name. */
  readonly policy: string;
  /** The rule's `rule_id`, or `null` for the policy's target. */
  readonly rule: string | null;
  /** Where in the rule or the target, such as `conditions/1` or `target/0`. */
  readonly path: string;
  /** Whether the answer could have been another one without it. */
  readonly decisive: boolean;
}

/** A condition that would have to answer otherwise. */
export interface ConditionChange {
  /** The policy's name. */
  readonly policy: string;
  /** The rule's `rule_id`, or `null` for the policy's target. */
  readonly rule: string | null;
  /** Where in the rule or the target, such as `conditions/1`. */
  readonly path: string;
  /** The condition's function. */
  readonly function: string;
  /** The attribute it reads. */
  readonly attribute: string;
  /** Who vouches for the attribute. */
  readonly origin: "token" | "caller" | "server";
  /** Whether the condition would have to hold, or not to. */
  readonly mustHold: boolean;
  /** What the request holds; only for keys with `config:read`. */
  readonly actual?: unknown;
  /** What the condition compares it with; only for keys with `config:read`. */
  readonly expected?: unknown;
}

/** A rule that would allow what was not allowed, if a few conditions answered otherwise. */
export interface NearestMiss {
  /** The policy's name. */
  readonly policy: string;
  /** The policy's version. */
  readonly policyVersion: number;
  /** The rule's `rule_id`. */
  readonly rule: string;
  /** The priority of the permission that brought it in. */
  readonly priority: number;
  /** The miss in one sentence; names values only for keys with `config:read`. */
  readonly sentence: string;
  /** What would have to change, all of it. */
  readonly changes: readonly ConditionChange[];
}

/** One part of the policies and what it came to, with the parts it is made of. */
export interface TraceNode {
  /** What the part is. */
  readonly kind: "set" | "tier" | "policy" | "target" | "rule" | "group" | "condition";
  /** The priority, the policy, the rule, or the place of a condition. */
  readonly id: string;
  /** What it came to: `T`, `F` or `E` for conditions, an effect for the rest, `skipped` when nothing asked. */
  readonly value: string;
  /** The function of a condition or a group. */
  readonly function?: string;
  /** The attribute of a condition. */
  readonly attribute?: string;
  /** Who vouches for that attribute. */
  readonly origin?: "token" | "caller" | "server";
  /** What the request holds; only for keys with `config:read`. */
  readonly actual?: unknown;
  /** What the condition compares it with; only for keys with `config:read`. */
  readonly expected?: unknown;
  /** Why, where the value alone does not tell. */
  readonly because?: string;
  /** The parts, in document order. */
  readonly children?: readonly TraceNode[];
}

/** What led to a decision; only for callers with `decisions:explain`. */
export interface Explanation {
  /** The decision in one sentence, with the names of policies and rules. */
  readonly summary: string;
  /** The rules and defaults it rests on; empty when there are none. */
  readonly determining: readonly DeterminingRule[];
  /** Conditions that could not be evaluated. */
  readonly errors: readonly ConditionError[];
  /** Attributes that were missing and could change the answer. */
  readonly missing: readonly string[];
  /** Of a denial: the rules that came nearest to allowing, with the fewest conditions to change. */
  readonly nearestMisses: readonly NearestMiss[];
  /** How the policies came to the answer, part by part; absent when no policy was asked. */
  readonly trace?: TraceNode;
}

/** Reads {@link DeterminingRule}. */
export const determiningRuleSchema: z.ZodType<DeterminingRule> = z.strictObject({
  policy: z.string(),
  policyVersion: z.number().int(),
  rule: z.string().nullable(),
  effect: z.enum(["Allow", "Deny"]),
  priority: z.number().int(),
});

/** Reads {@link ConditionError}. */
export const conditionErrorSchema: z.ZodType<ConditionError> = z.strictObject({
  code: z.string(),
  attribute: z.string(),
  expected: z.string(),
  actual: z.string().exactOptional(),
  policy: z.string(),
  rule: z.string().nullable(),
  path: z.string(),
  decisive: z.boolean(),
});

const originSchema = z.enum(["token", "caller", "server"]);

/** Reads {@link ConditionChange}. */
export const conditionChangeSchema: z.ZodType<ConditionChange> = z.strictObject({
  policy: z.string(),
  rule: z.string().nullable(),
  path: z.string(),
  function: z.string(),
  attribute: z.string(),
  origin: originSchema,
  mustHold: z.boolean(),
  actual: z.unknown().exactOptional(),
  expected: z.unknown().exactOptional(),
});

/** Reads {@link NearestMiss}. */
export const nearestMissSchema: z.ZodType<NearestMiss> = z.strictObject({
  policy: z.string(),
  policyVersion: z.number().int(),
  rule: z.string(),
  priority: z.number().int(),
  sentence: z.string(),
  changes: z.array(conditionChangeSchema),
});

/** Reads {@link TraceNode}. */
export const traceNodeSchema: z.ZodType<TraceNode> = z.strictObject({
  kind: z.enum(["set", "tier", "policy", "target", "rule", "group", "condition"]),
  id: z.string(),
  value: z.string(),
  function: z.string().exactOptional(),
  attribute: z.string().exactOptional(),
  origin: originSchema.exactOptional(),
  actual: z.unknown().exactOptional(),
  expected: z.unknown().exactOptional(),
  because: z.string().exactOptional(),
  children: z.array(z.lazy(() => traceNodeSchema)).exactOptional(),
});

/** Reads {@link Explanation}. */
export const explanationSchema: z.ZodType<Explanation> = z.strictObject({
  summary: z.string(),
  determining: z.array(determiningRuleSchema),
  errors: z.array(conditionErrorSchema),
  missing: z.array(z.string()),
  nearestMisses: z.array(nearestMissSchema),
  trace: traceNodeSchema.exactOptional(),
});
