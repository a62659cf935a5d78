import type {
  Decision,
  DecisionReason,
  DeterminingRule,
  ConditionError,
  Explanation,
  KnownReasonCode,
  NearestMiss,
  Obligation,
} from "./decision.js";
import { readOwn } from "./own-property.js";
import {
  findFlaw,
  isBoolean,
  isInteger,
  isObject,
  isText,
  isTextOrNull,
  isTimestamp,
  listOf,
  objectWith,
  oneOf,
  optional,
} from "./shape.js";
import type { Shape } from "./shape.js";

/** A decision, or the name of the first part of the answer that is not one. */
export type ParsedDecision =
  { readonly ok: true; readonly value: Decision } | { readonly ok: false; readonly error: string };

const decisionByReason = new Map<string, Decision["decision"]>(
  Object.entries({
    allowed_by_rule: "Allow",
    allowed_by_default: "Allow",
    denied_by_rule: "Deny",
    denied_by_default: "Deny",
    no_permission: "Deny",
    no_rule_matched: "Deny",
    undetermined: "Deny",
    admin_resource_forbidden: "Deny",
    unknown_resource: "Deny",
    unknown_action: "Deny",
    limit_exceeded: "Deny",
    internal_error: "Deny",
    obligation_unknown: "Deny",
  } as const satisfies Record<KnownReasonCode, Decision["decision"]>),
);

const reason: Shape<DecisionReason> = { code: isText, message: isText };
const effect = oneOf("Allow", "Deny");
const obligation: Shape<Obligation> = { id: isText, on: effect, attributes: isObject };
const determiningRule: Shape<DeterminingRule> = {
  policy: isText,
  policyVersion: isInteger,
  rule: isTextOrNull,
  effect,
  priority: isInteger,
};
const conditionError: Shape<ConditionError> = {
  code: isText,
  attribute: isText,
  expected: isText,
  actual: optional(isText),
  policy: isText,
  rule: isTextOrNull,
  path: isText,
  decisive: isBoolean,
};
const nearestMiss: Shape<NearestMiss> = {
  policy: isText,
  policyVersion: isInteger,
  rule: isText,
  priority: isInteger,
  sentence: isText,
  changes: listOf(isObject),
};
const explanation: Shape<Explanation> = {
  summary: isText,
  determining: listOf(objectWith(determiningRule)),
  errors: listOf(objectWith(conditionError)),
  missing: listOf(isText),
  nearestMisses: listOf(objectWith(nearestMiss)),
  trace: optional(isObject),
};
const decision: Shape<Decision> = {
  allowed: isBoolean,
  decision: effect,
  reason: objectWith(reason),
  decisionId: isText,
  revision: isInteger,
  evaluatedAt: isTimestamp,
  tokenExpiresAt: isTimestamp,
  obligations: listOf(objectWith(obligation)),
  explanation: optional(objectWith(explanation)),
};
const isDecision = objectWith(decision);

// SECURITY: an answer that says Allow in one place and Deny in another is no answer.
function agreesWithItself({ allowed, decision: word, reason: { code } }: Decision): boolean {
  return allowed === (word === "Allow") && (decisionByReason.get(code) ?? word) === word;
}

/** Reads `{ data: decision }`. Whatever is not a complete decision is refused, never guessed at. */
export function parseDecision(body: unknown): ParsedDecision {
  const data = readOwn(body, "data");
  if (!isDecision(data)) {
    return { ok: false, error: isObject(data) ? `data.${findFlaw(data, decision)}` : "data" };
  }
  return agreesWithItself(data) ? { ok: true, value: data } : { ok: false, error: "data.decision" };
}
